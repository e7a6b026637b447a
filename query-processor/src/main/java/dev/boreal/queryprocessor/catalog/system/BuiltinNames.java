package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.NameText;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.function.OperatorSignature;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.type.ObjectNames;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names of what is built in: types, functions, operators, collations. They all lie in pg_catalog, which every search path
 * has, so they print unqualified. Immutable.
 */
public final class BuiltinNames implements ObjectNames {
    public static final BuiltinNames INSTANCE = new BuiltinNames();

    private static final String SYSTEM_SCHEMA = "pg_catalog.";
    private static final Map<String, Integer> COLLATIONS = Map.of("default", 100, "C", 950, "POSIX", 951);

    private final Map<Integer, TypeFunction> typeFunctions = new TreeMap<>();
    private final Map<String, Integer> typeFunctionOids = new HashMap<>();

    /** An input, output, receive or send function of a type, which SQL cannot call. */
    record TypeFunction(int oid, String name, List<Integer> argumentTypes, int returnType, String volatility) {}

    private BuiltinNames() {
        for (String line : ResourceLines.read("type-functions.txt")) {
            String[] fields = line.split(" ", -1);
            int oid = Integer.parseInt(fields[0]);
            List<Integer> arguments = new ArrayList<>();
            for (String argument : fields[2].equals("-") ? new String[0] : fields[2].split(",")) {
                arguments.add(Integer.parseInt(argument));
            }
            typeFunctions.put(oid, new TypeFunction(oid, fields[1], arguments, Integer.parseInt(fields[3]), fields[4]));
            typeFunctionOids.put(fields[1], oid);
        }
    }

    /** The oid of a type's function; 0 if there is none of that name. */
    int typeFunction(String name) {
        return typeFunctionOids.getOrDefault(name, 0);
    }

    /** By oid. */
    Collection<TypeFunction> typeFunctions() {
        return typeFunctions.values();
    }

    @Override
    public @Nullable String nameOf(Kind kind, int oid) {
        return switch (kind) {
            case TYPE -> {
                SqlType type = TypeRegistry.find(oid);
                yield type == null ? null : type.formatName(-1);
            }
            case FUNCTION -> {
                FunctionSignature function = FunctionRegistry.function(oid);
                yield function == null ? typeFunctionName(oid) : Identifiers.quote(function.name());
            }
            case FUNCTION_WITH_ARGUMENTS -> {
                FunctionSignature function = FunctionRegistry.function(oid);
                yield function == null ? describe(typeFunctions.get(oid)) : function.describe();
            }
            case OPERATOR -> {
                OperatorSignature operator = FunctionRegistry.operator(oid);
                yield operator == null ? null : operator.symbol();
            }
            case COLLATION -> collationName(oid);
            default -> null;
        };
    }

    private @Nullable String typeFunctionName(int oid) {
        TypeFunction function = typeFunctions.get(oid);
        return function == null ? null : function.name();
    }

    private static @Nullable String describe(@Nullable TypeFunction function) {
        if (function == null) {
            return null;
        }
        StringJoiner arguments = new StringJoiner(",", function.name() + "(", ")");
        for (int oid : function.argumentTypes()) {
            SqlType type = TypeRegistry.find(oid);
            arguments.add(type == null ? Integer.toString(oid) : type.formatName(-1));
        }
        return arguments.toString();
    }

    private static @Nullable String collationName(int oid) {
        for (Map.Entry<String, Integer> collation : COLLATIONS.entrySet()) {
            if (collation.getValue() == oid) {
                return Identifiers.quote(collation.getKey());
            }
        }
        return null;
    }

    @Override
    public int oidOf(Kind kind, String name) {
        List<Integer> found = all(kind, name);
        if (found.size() == 1) {
            return found.getFirst();
        }
        boolean none = found.isEmpty();
        throw switch (kind) {
            case FUNCTION ->
                none
                        ? new SqlException(SqlState.UNDEFINED_FUNCTION, "function \"" + name + "\" does not exist")
                        : new SqlException(
                                SqlState.AMBIGUOUS_FUNCTION, "more than one function named \"" + name + "\"");
            case FUNCTION_WITH_ARGUMENTS ->
                new SqlException(SqlState.UNDEFINED_FUNCTION, "function \"" + name + "\" does not exist");
            case OPERATOR ->
                none
                        ? new SqlException(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + name)
                        : new SqlException(SqlState.AMBIGUOUS_FUNCTION, "more than one operator named " + name);
            case COLLATION ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT, "collation \"" + name + "\" for encoding \"UTF8\" does not exist");
            default -> new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
        };
    }

    @Override
    public @Nullable Integer findOid(Kind kind, String name) {
        List<Integer> found = all(kind, name);
        return found.size() == 1 ? found.getFirst() : null;
    }

    private List<Integer> all(Kind kind, String name) {
        List<Integer> found = new ArrayList<>();
        switch (kind) {
            case TYPE -> {
                SqlType type = type(name);
                if (type != null) {
                    found.add(type.oid());
                }
            }
            case FUNCTION -> addFunctions(NameText.parse(name).name(), found);
            case FUNCTION_WITH_ARGUMENTS -> addFunction(name, found);
            case OPERATOR -> {
                String symbol = unqualified(name);
                for (OperatorSignature operator : FunctionRegistry.operatorsNamed(symbol)) {
                    found.add(operator.oid());
                }
            }
            case COLLATION -> {
                Integer oid = COLLATIONS.get(NameText.parse(name).name());
                if (oid != null) {
                    found.add(oid);
                }
            }
            default -> {}
        }
        return found;
    }

    private static String unqualified(String name) {
        String text = name.strip();
        return text.startsWith(SYSTEM_SCHEMA) ? text.substring(SYSTEM_SCHEMA.length()) : text;
    }

    private static @Nullable SqlType type(String name) {
        String text = unqualified(name);
        SqlType quoted = text.startsWith("\"") ? TypeRegistry.findByName(text.replace("\"", "")) : null;
        SqlType spelled = TypeRegistry.findByName(text.toLowerCase(Locale.ROOT));
        return text.equals("\"char\"") ? TypeRegistry.CHAR : quoted != null ? quoted : spelled;
    }

    private void addFunctions(String name, List<Integer> found) {
        for (FunctionSignature function : FunctionRegistry.functionsNamed(name)) {
            found.add(function.oid());
        }
        Integer typeFunction = typeFunctionOids.get(name);
        if (found.isEmpty() && typeFunction != null) {
            found.add(typeFunction);
        }
    }

    /** {@code name(type, type)}. */
    private void addFunction(String text, List<Integer> found) {
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            throw new SqlException("22P02", "expected a left parenthesis");
        }
        List<Integer> types = new ArrayList<>();
        String inside = text.substring(open + 1, text.length() - 1).strip();
        if (!inside.isEmpty()) {
            for (String part : inside.split(",", -1)) {
                SqlType type = type(part);
                if (type == null) {
                    throw new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + part.strip() + "\" does not exist");
                }
                types.add(type.oid());
            }
        }
        String name = NameText.parse(text.substring(0, open)).name();
        for (FunctionSignature function : FunctionRegistry.functionsNamed(name)) {
            if (function.argumentTypes().stream().map(SqlType::oid).toList().equals(types)) {
                found.add(function.oid());
            }
        }
        Integer oid = typeFunctionOids.get(name);
        TypeFunction function = oid == null ? null : typeFunctions.get(oid);
        if (found.isEmpty() && function != null && function.argumentTypes().equals(types)) {
            found.add(function.oid());
        }
    }
}
