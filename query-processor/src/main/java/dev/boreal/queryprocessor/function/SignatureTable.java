package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.function.FunctionSignature.Kind;
import dev.boreal.queryprocessor.function.FunctionSignature.OutputColumn;
import dev.boreal.queryprocessor.function.FunctionSignature.Volatility;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the tables of signatures. Rows about types that Boreal does not have are left out. */
final class SignatureTable {
    private SignatureTable() {}

    /** A row of {@code functions.tsv} and the key by which a body is bound to it. */
    record FunctionRow(String key, FunctionSignature signature) {}

    /** A row of {@code operators.tsv}. */
    record OperatorRow(String key, OperatorSignature signature) {}

    /** A row of {@code casts.tsv}: pg_cast. */
    record CastRow(SqlType source, SqlType target, char context, char method, int functionOid) {}

    static List<FunctionRow> functions() {
        List<FunctionRow> rows = new ArrayList<>();
        for (String[] fields : read("functions.tsv")) {
            FunctionRow row = function(fields);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static @Nullable FunctionRow function(String[] fields) {
        String arguments = fields[4].equals("-") ? "" : fields[4];
        List<SqlType> argumentTypes = new ArrayList<>();
        for (String name : words(fields[4])) {
            SqlType type = TypeRegistry.findByName(name);
            if (type == null) {
                return null;
            }
            argumentTypes.add(type);
        }
        SqlType result = TypeRegistry.findByName(fields[5]);
        if (result == null) {
            return null;
        }
        List<OutputColumn> outputs = new ArrayList<>();
        for (String word : words(fields[6])) {
            int colon = word.indexOf(':');
            SqlType type = TypeRegistry.findByName(word.substring(colon + 1));
            if (type == null) {
                return null;
            }
            outputs.add(new OutputColumn(word.substring(0, colon), type));
        }
        List<Object> defaults = new ArrayList<>();
        if (!fields[8].equals("-")) {
            String[] texts = fields[8].split(", ", -1);
            for (int i = 0; i < texts.length; i++) {
                Object value = constant(argumentTypes.get(argumentTypes.size() - texts.length + i), texts[i]);
                if (value == null) {
                    return null;
                }
                defaults.add(value);
            }
        }
        String flags = fields[3];
        String[] aggregate = fields[9].split(" ", -1);
        FunctionSignature signature = new FunctionSignature(
                Integer.parseInt(fields[0]),
                "pg_catalog",
                fields[1],
                kind(fields[2].charAt(0)),
                argumentTypes,
                names(fields[7]),
                defaults,
                flags.charAt(3) == 'v',
                result,
                outputs,
                flags.charAt(0) == 's',
                volatility(flags.charAt(1)),
                flags.charAt(2) == 'r',
                aggregate[0].equals("o") || aggregate[0].equals("h"),
                aggregate[0].equals("h"),
                aggregate.length < 2 ? 0 : Integer.parseInt(aggregate[1]));
        return new FunctionRow(fields[1] + "(" + arguments.replace(' ', ',') + ")", signature);
    }

    private static List<@Nullable String> names(String field) {
        List<@Nullable String> names = new ArrayList<>();
        for (String word : words(field)) {
            names.add(word.equals("-") ? null : word);
        }
        return names;
    }

    private static @Nullable Object constant(SqlType type, String text) {
        return switch (type.name()) {
            case "bool" -> Boolean.valueOf(text);
            case "int4" -> Integer.valueOf(text);
            case "int8" -> Long.valueOf(text);
            case "float8" -> Double.valueOf(text);
            case "text" -> text;
            default -> null;
        };
    }

    private static Kind kind(char letter) {
        return switch (letter) {
            case 'a' -> Kind.AGGREGATE;
            case 'w' -> Kind.WINDOW;
            default -> Kind.FUNCTION;
        };
    }

    private static Volatility volatility(char letter) {
        return switch (letter) {
            case 'i' -> Volatility.IMMUTABLE;
            case 's' -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
    }

    static List<OperatorRow> operators() {
        List<OperatorRow> rows = new ArrayList<>();
        for (String[] fields : read("operators.tsv")) {
            boolean prefix = fields[2].equals("-");
            SqlType left = prefix ? null : TypeRegistry.findByName(fields[2]);
            SqlType right = TypeRegistry.findByName(fields[3]);
            SqlType result = TypeRegistry.findByName(fields[4]);
            if ((!prefix && left == null) || right == null || result == null) {
                continue;
            }
            String key = prefix ? fields[1] + " " + fields[3] : fields[2] + " " + fields[1] + " " + fields[3];
            rows.add(new OperatorRow(
                    key,
                    new OperatorSignature(
                            Integer.parseInt(fields[0]),
                            fields[1],
                            left,
                            right,
                            result,
                            Integer.parseInt(fields[5]),
                            Integer.parseInt(fields[6]),
                            Integer.parseInt(fields[7]),
                            Integer.parseInt(fields[8]),
                            fields[9].equals("h"))));
        }
        return rows;
    }

    static List<CastRow> casts() {
        List<CastRow> rows = new ArrayList<>();
        for (String[] fields : read("casts.tsv")) {
            SqlType source = TypeRegistry.findByName(fields[0]);
            SqlType target = TypeRegistry.findByName(fields[1]);
            if (source != null && target != null) {
                rows.add(new CastRow(
                        source, target, fields[2].charAt(0), fields[3].charAt(0), Integer.parseInt(fields[4])));
            }
        }
        return rows;
    }

    private static List<String> words(String field) {
        return field.equals("-") ? List.of() : List.of(field.split(" ", -1));
    }

    private static List<String[]> read(String resource) {
        List<String[]> lines = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(SignatureTable.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line.split("\t", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
