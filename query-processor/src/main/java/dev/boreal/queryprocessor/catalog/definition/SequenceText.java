package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.NameText;
import dev.boreal.queryprocessor.syntax.Identifiers;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sequences in stored defaults: {@code nextval('public.t_a_seq'::regclass)}, always schema-qualified. */
public final class SequenceText {
    private static final String CAST = "'::regclass";

    private SequenceText() {}

    static String nextValue(String schema, String sequence) {
        return "nextval('" + literal(schema, sequence) + CAST + ")";
    }

    private static String literal(String schema, String sequence) {
        return (Identifiers.quote(schema) + "." + Identifiers.quote(sequence)).replace("'", "''");
    }

    static boolean mentions(@Nullable String sql, String schema, String sequence) {
        return sql != null && sql.contains("'" + literal(schema, sequence) + CAST);
    }

    static String rename(String sql, String schema, String sequence, String newSchema, String newSequence) {
        return sql.replace("'" + literal(schema, sequence) + CAST, "'" + literal(newSchema, newSequence) + CAST);
    }

    /** The text as it is shown: names of sequences as short as the search path allows. */
    public static String shown(String sql, CatalogNames names) {
        return mapNames(sql, name -> {
            try {
                CatalogNames.Found found = names.find(NameText.parse(name));
                String printed = found == null ? null : names.print(found.oid());
                return printed == null ? name : printed;
            } catch (SqlException notAName) {
                return name;
            }
        });
    }

    private static String mapNames(String sql, UnaryOperator<String> mapping) {
        int end = sql.indexOf(CAST);
        if (end < 0) {
            return sql;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (end >= 0) {
            int start = end;
            while (start > from && !(sql.charAt(start - 1) == '\'' && (start < 2 || sql.charAt(start - 2) != '\''))) {
                start--;
            }
            String name = sql.substring(start, end).replace("''", "'");
            out.append(sql, from, start).append(mapping.apply(name).replace("'", "''"));
            from = end;
            end = sql.indexOf(CAST, end + 1);
        }
        return out.append(sql, from, sql.length()).toString();
    }
}
