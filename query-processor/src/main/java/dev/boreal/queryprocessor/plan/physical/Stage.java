package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.Operator;

/** An operator with the layout of its rows, and about how many it gives. */
record Stage(Operator operator, Layout layout, double rows) {
    Stage(Operator operator, Layout layout) {
        this(operator, layout, 1000);
    }
}
