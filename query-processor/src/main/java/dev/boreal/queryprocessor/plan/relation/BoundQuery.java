package dev.boreal.queryprocessor.plan.relation;

import java.util.List;

/** A query: its tree and its result columns, in order; a variable may stand more than once. */
public record BoundQuery(RelationalNode node, List<Variable> outputs, List<String> names) {
    public BoundQuery {
        outputs = List.copyOf(outputs);
        names = List.copyOf(names);
    }
}
