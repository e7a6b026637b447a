package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The columns that a FORCE option names.
 *
 * @param option as in error messages: {@code FORCE_QUOTE}
 * @param all whether {@code *} was written
 * @param names empty if all, or if the option is absent
 */
public record ForcedColumns(String option, boolean all, List<String> names) {

    public static ForcedColumns none(String option) {
        return new ForcedColumns(option, false, List.of());
    }

    boolean given() {
        return all || !names.isEmpty();
    }

    /**
     * Which of the copied columns are meant.
     *
     * @param copied names in the order of the fields
     * @param exists whether the relation (or the query's result) has such a column at all
     * @param relation for the error message; empty for a query
     * @throws SqlException 42703 for an unknown column, 42701 for one named twice, 42P10 for one that is not copied
     */
    public boolean[] among(List<String> copied, Predicate<String> exists, String relation) {
        boolean[] forced = new boolean[copied.size()];
        if (all) {
            java.util.Arrays.fill(forced, true);
            return forced;
        }
        check(exists, relation);
        for (String name : names) {
            int index = copied.indexOf(name);
            if (index < 0) {
                throw new SqlException(
                        SqlState.INVALID_COLUMN_REFERENCE, option + " column \"" + name + "\" not referenced by COPY");
            }
            forced[index] = true;
        }
        return forced;
    }

    private void check(Predicate<String> exists, String relation) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!exists.test(name)) {
                String of = relation.isEmpty() ? "" : " of relation \"" + relation + "\"";
                throw new SqlException(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\"" + of + " does not exist");
            }
            if (!seen.add(name)) {
                throw new SqlException(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
        }
    }
}
