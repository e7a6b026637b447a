package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.NameText;
import dev.boreal.queryprocessor.syntax.Identifiers;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sequences in stored defaults: {@code nextval('public.t_a_seq'::regclass)}, always schema-qualified. */
public final class SequenceText {
    private static final String CAST = "'::regclass";
    private static final Pattern CALL = Pattern.compile(
            "\\b(nextval|currval|setval)\\('((?:[^']|'')*)'(?:::(?:pg_catalog\\.)?(?:regclass|text)\\b)?");

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

    /** A default in which the sequences that sequence functions name are schema-qualified. */
    static String qualify(String sql, CatalogNames names) {
        Matcher call = CALL.matcher(sql);
        StringBuilder out = new StringBuilder();
        while (call.find()) {
            String name = Objects.requireNonNullElse(call.group(2), "").replace("''", "'");
            String literal = "('" + qualified(name, names).replace("'", "''") + CAST;
            call.appendReplacement(out, Matcher.quoteReplacement(call.group(1) + literal));
        }
        return call.appendTail(out).toString();
    }

    private static String qualified(String name, CatalogNames names) {
        try {
            CatalogNames.Found found = names.find(NameText.parse(name));
            return found == null ? name : names.printQualified(found);
        } catch (SqlException notAName) {
            return name;
        }
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
