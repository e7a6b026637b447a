package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which variable stands in which column of an operator's rows. A column may hold nothing that anybody reads. */
final class Layout {
    static final Layout NONE = new Layout(List.of());

    private final List<@Nullable Variable> columns;
    private final Map<Variable, Integer> places = new LinkedHashMap<>();

    Layout(List<? extends @Nullable Variable> columns) {
        this.columns = new ArrayList<>(columns);
        for (int i = 0; i < columns.size(); i++) {
            Variable variable = columns.get(i);
            if (variable != null) {
                places.putIfAbsent(variable, i);
            }
        }
    }

    /** The column of a variable, or -1. */
    int find(Variable variable) {
        Integer place = places.get(variable);
        return place == null ? -1 : place;
    }

    boolean has(Variable variable) {
        return places.containsKey(variable);
    }

    int width() {
        return columns.size();
    }

    List<@Nullable Variable> columns() {
        return columns;
    }

    Layout concatenate(Layout other) {
        List<@Nullable Variable> both = new ArrayList<>(columns);
        both.addAll(other.columns);
        return new Layout(both);
    }

    Layout plus(List<Variable> more) {
        List<@Nullable Variable> all = new ArrayList<>(columns);
        all.addAll(more);
        return new Layout(all);
    }

    /** Whether the columns are just these, in this order. */
    boolean isExactly(List<? extends @Nullable Variable> wanted) {
        if (wanted.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (wanted.get(i) != columns.get(i)) {
                return false;
            }
        }
        return true;
    }

    SqlType[] types(SqlType otherwise) {
        SqlType[] types = new SqlType[columns.size()];
        Arrays.fill(types, otherwise);
        for (int i = 0; i < types.length; i++) {
            Variable variable = columns.get(i);
            if (variable != null) {
                types[i] = variable.type();
            }
        }
        return types;
    }
}
