package dev.boreal.queryprocessor.type;

import java.util.List;

/** record where the fields are known, as of a function with OUT parameters: a field can be taken by its name. */
public final class RowType extends RecordType {
    private final List<String> names;
    private final List<SqlType> types;

    /** Both lists of one size. */
    public RowType(List<String> names, List<SqlType> types) {
        if (names.size() != types.size()) {
            throw new IllegalArgumentException(names + " of " + types);
        }
        this.names = List.copyOf(names);
        this.types = List.copyOf(types);
    }

    public List<String> names() {
        return names;
    }

    public List<SqlType> types() {
        return types;
    }
}
