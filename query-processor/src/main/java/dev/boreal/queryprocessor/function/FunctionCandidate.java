package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function matched to the shape of a call: which parameter every argument goes to.
 *
 * @param parameterOf for every argument of the call its parameter; arguments of an expanded VARIADIC parameter all go to the last
 * @param types for every argument the declared type
 * @param expanded whether arguments are gathered into the VARIADIC parameter
 */
record FunctionCandidate(FunctionEntry entry, int[] parameterOf, List<SqlType> types, boolean expanded) {

    /** The match, or null if names or number of arguments do not fit. */
    static @Nullable FunctionCandidate match(FunctionEntry entry, int argumentCount, CallForm form) {
        FunctionSignature signature = entry.signature();
        int parameters = signature.argumentTypes().size();
        boolean named = form.argumentNames().stream().anyMatch(name -> name != null);
        boolean expanded = signature.variadic() && !form.variadic() && !named && argumentCount >= parameters;
        if (form.variadic() && !signature.variadic()) {
            return null;
        }
        if (!expanded
                && (argumentCount > parameters
                        || argumentCount + signature.defaults().size() < parameters)) {
            return null;
        }
        int[] parameterOf = new int[argumentCount];
        for (int i = 0; i < argumentCount; i++) {
            parameterOf[i] = Math.min(i, parameters - 1);
        }
        if (named && !assignNames(signature, form.argumentNames(), parameterOf)) {
            return null;
        }
        List<SqlType> types = new ArrayList<>(argumentCount);
        for (int parameter : parameterOf) {
            SqlType type = signature.argumentTypes().get(parameter);
            types.add(expanded && parameter == parameters - 1 ? variadicElement(type) : type);
        }
        return new FunctionCandidate(entry, parameterOf, types, expanded);
    }

    private static SqlType variadicElement(SqlType type) {
        return switch (type.name()) {
            case "any" -> type;
            case "anyarray" -> pseudo("anyelement");
            case "anycompatiblearray" -> pseudo("anycompatible");
            default -> {
                SqlType element = TypeFamily.elementOf(type);
                yield element == null ? type : element;
            }
        };
    }

    private static SqlType pseudo(String name) {
        SqlType type = dev.boreal.queryprocessor.type.TypeRegistry.findByName(name);
        if (type == null) {
            throw new IllegalStateException(name);
        }
        return type;
    }

    private static boolean assignNames(FunctionSignature signature, List<@Nullable String> names, int[] parameterOf) {
        int parameters = signature.argumentTypes().size();
        boolean[] given = new boolean[parameters];
        for (int i = 0; i < parameterOf.length; i++) {
            String name = names.get(i);
            if (name != null) {
                parameterOf[i] = signature.argumentNames().indexOf(name);
            }
            if (parameterOf[i] < 0 || given[parameterOf[i]]) {
                return false;
            }
            given[parameterOf[i]] = true;
        }
        int required = parameters - signature.defaults().size();
        for (int i = 0; i < required; i++) {
            if (!given[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the body takes the call's arguments as they are. */
    boolean direct() {
        FunctionSignature signature = entry.signature();
        if (expanded) {
            return TypeFamily.isAny(signature.argumentTypes().getLast());
        }
        if (parameterOf.length != signature.argumentTypes().size()) {
            return false;
        }
        for (int i = 0; i < parameterOf.length; i++) {
            if (parameterOf[i] != i) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameterOf);
    }
}
