package dev.boreal.queryprocessor.plan.relation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A common table expression: computed once per execution, read wherever it is referred to. Known by identity. */
public final class CommonTable {
    private final String name;
    private final List<Variable> columns;
    private @Nullable RelationalNode node;
    private List<Variable> outputs = List.of();
    private int references;
    private boolean inlinable;
    private boolean effects;

    /** @param columns one per result column, with its name and type */
    public CommonTable(String name, List<Variable> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    public String name() {
        return name;
    }

    public List<Variable> columns() {
        return columns;
    }

    /** Set once, when the body is bound: a recursive one is referred to before. */
    public void define(RelationalNode body, List<Variable> bodyOutputs) {
        node = body;
        outputs = List.copyOf(bodyOutputs);
    }

    public RelationalNode node() {
        if (node == null) {
            throw new IllegalStateException("common table " + name + " is not bound yet");
        }
        return node;
    }

    /** The body's variables, one per column. */
    public List<Variable> outputs() {
        return outputs;
    }

    /** Says that the body may be planned where the table is read, if that is in one place. */
    public void allowInlining() {
        inlinable = true;
    }

    public boolean inlined() {
        return inlinable && references <= 1;
    }

    /** Says that the body writes, and so must run whether somebody reads it or not. */
    public void markEffects() {
        effects = true;
    }

    public boolean hasEffects() {
        return effects;
    }

    public void addReference() {
        references++;
    }

    public int references() {
        return references;
    }
}
