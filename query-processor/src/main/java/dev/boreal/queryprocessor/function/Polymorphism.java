package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the polymorphic parameters of one call stand for (PostgreSQL, chapter 38.2.5). Made for a call and thrown away. */
final class Polymorphism {
    private @Nullable SqlType element;
    private @Nullable SqlType array;
    private @Nullable SqlType compatible;
    private boolean simple;

    private Polymorphism() {}

    /** Whether the arguments agree with the polymorphic parameters; unknown ones always do. */
    static boolean consistent(List<SqlType> declared, List<SqlType> actual) {
        return new Polymorphism().bind(declared, actual, false);
    }

    /** @throws SqlException 42804 if the arguments do not agree or none of them tells a type */
    static Polymorphism of(List<SqlType> declared, List<SqlType> actual) {
        Polymorphism polymorphism = new Polymorphism();
        polymorphism.bind(declared, actual, true);
        return polymorphism;
    }

    private boolean bind(List<SqlType> declared, List<SqlType> actual, boolean enforce) {
        List<SqlType> compatibles = new ArrayList<>();
        boolean nonArray = false;
        boolean compatibleNonArray = false;
        for (int i = 0; i < actual.size(); i++) {
            SqlType type = actual.get(i);
            boolean unknown = TypeFamily.isUnknown(type);
            switch (declared.get(i).name()) {
                case "anyelement", "anynonarray" -> {
                    simple = true;
                    nonArray |= declared.get(i).name().equals("anynonarray");
                    if (!unknown) {
                        if (element != null && !TypeFamily.same(element, type)) {
                            return refuse(
                                    enforce, "arguments declared \"anyelement\" are not all alike", element, type);
                        }
                        element = type;
                    }
                }
                case "anyarray" -> {
                    simple = true;
                    if (!unknown) {
                        if (array != null && !TypeFamily.same(array, type)) {
                            return refuse(enforce, "arguments declared \"anyarray\" are not all alike", array, type);
                        }
                        array = type;
                    }
                }
                case "anycompatible", "anycompatiblenonarray" -> {
                    compatibleNonArray |= declared.get(i).name().equals("anycompatiblenonarray");
                    compatibles.add(type);
                }
                case "anycompatiblearray" -> {
                    if (unknown) {
                        compatibles.add(type);
                    } else {
                        SqlType item = TypeFamily.elementOf(type);
                        if (item == null) {
                            return notArray(enforce, "anycompatiblearray", type);
                        }
                        compatibles.add(item);
                    }
                }
                default -> {}
            }
        }
        if (array != null && !bindArray(enforce)) {
            return false;
        }
        if (simple && element == null && enforce) {
            throw new SqlException(
                    SqlState.DATATYPE_MISMATCH, "could not determine polymorphic type because input has type unknown");
        }
        if (nonArray && element != null && TypeFamily.isArray(element)) {
            return refuseType(enforce, "type matched to anynonarray is an array type: ", element);
        }
        if (!compatibles.isEmpty()) {
            compatible = enforce
                    ? CommonType.of(compatibles, "arguments of anycompatible family")
                    : CommonType.find(compatibles);
            if (compatible == null) {
                return false;
            }
            if (compatibleNonArray && TypeFamily.isArray(compatible)) {
                return refuseType(enforce, "type matched to anycompatiblenonarray is an array type: ", compatible);
            }
        }
        return true;
    }

    private boolean bindArray(boolean enforce) {
        SqlType bound = array;
        if (bound == null || bound.name().equals("anyarray")) {
            return true;
        }
        SqlType item = TypeFamily.elementOf(bound);
        if (item == null) {
            return notArray(enforce, "anyarray", bound);
        }
        if (element != null && !TypeFamily.same(element, item)) {
            return refuse(
                    enforce,
                    "argument declared \"anyarray\" is not consistent with argument declared \"anyelement\"",
                    bound,
                    element);
        }
        element = item;
        return true;
    }

    private static boolean refuse(boolean enforce, String message, SqlType first, SqlType second) {
        if (enforce) {
            throw new SqlException(SqlError.error(SqlState.DATATYPE_MISMATCH, message)
                    .withDetail(first.formatName(-1) + " versus " + second.formatName(-1)));
        }
        return false;
    }

    private static boolean refuseType(boolean enforce, String message, SqlType type) {
        if (enforce) {
            throw new SqlException(SqlState.DATATYPE_MISMATCH, message + type.formatName(-1));
        }
        return false;
    }

    private static boolean notArray(boolean enforce, String declared, SqlType type) {
        if (enforce) {
            throw new SqlException(
                    SqlState.DATATYPE_MISMATCH,
                    "argument declared \"" + declared + "\" is not an array but type " + type.formatName(-1));
        }
        return false;
    }

    /** A declared type as this call means it; {@code "any"} and types that are not polymorphic stay. */
    SqlType concrete(SqlType declared) {
        return switch (declared.name()) {
            case "anyelement", "anynonarray" -> element == null ? declared : element;
            case "anyarray" -> array != null ? array : arrayOf(element, declared);
            case "anycompatible", "anycompatiblenonarray" -> compatible == null ? declared : compatible;
            case "anycompatiblearray" -> arrayOf(compatible, declared);
            default -> declared;
        };
    }

    private static SqlType arrayOf(@Nullable SqlType item, SqlType declared) {
        if (item == null) {
            return declared;
        }
        SqlType found = TypeFamily.arrayOf(item);
        if (found == null) {
            throw new SqlException(
                    SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + item.formatName(-1));
        }
        return found;
    }

    /** The return type, for which unknown stands as text. */
    SqlType concreteResult(SqlType declared) {
        SqlType type = concrete(declared);
        return TypeFamily.isUnknown(type) ? TypeRegistry.TEXT : type;
    }
}
