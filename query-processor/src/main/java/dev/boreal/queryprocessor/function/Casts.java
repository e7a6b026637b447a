package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import org.jspecify.annotations.Nullable;

/** Which casts exist, and where they apply by themselves. */
public final class Casts {
    private Casts() {}

    /** Who asks for a cast; each sees the casts of those before it. */
    public enum Context {
        /** An operand or argument of another type. */
        IMPLICIT,
        /** A value for a column. */
        ASSIGNMENT,
        /** CAST was written. */
        EXPLICIT
    }

    /** The cast's body, or null if there is no such cast in the context. The target's type modifier is not yet applied. */
    public static @Nullable CastFunction find(SqlType source, SqlType target, Context context) {
        if (TypeFamily.same(source, target)) {
            return CastFunction.IDENTITY;
        }
        if (TypeFamily.isUnknown(source)) {
            return fromUnknown(target);
        }
        FunctionRegistry.Cast cast = FunctionRegistry.cast(source, target);
        if (cast != null) {
            return allowed(cast.context(), context) ? cast.body() : null;
        }
        CastFunction elementwise = findArrayCast(source, target, context);
        if (elementwise != null) {
            return elementwise;
        }
        boolean toString = context != Context.IMPLICIT && target.category() == TypeFamily.STRING_CATEGORY;
        boolean fromString = context == Context.EXPLICIT && source.category() == TypeFamily.STRING_CATEGORY;
        if ((toString || fromString) && !isPseudo(source) && !isPseudo(target)) {
            return throughText(source, target);
        }
        return null;
    }

    /**
     * As {@link #find} in explicit context.
     *
     * @throws SqlException 42846 if there is no cast
     */
    public static CastFunction require(SqlType source, SqlType target) {
        CastFunction cast = find(source, target, Context.EXPLICIT);
        if (cast == null) {
            throw new SqlException(
                    SqlState.CANNOT_COERCE,
                    "cannot cast type " + source.formatName(-1) + " to " + target.formatName(-1));
        }
        return cast;
    }

    /** A cast that also makes its result fit a type modifier; -1 changes nothing. */
    public static CastFunction withModifier(CastFunction cast, SqlType target, int typeModifier, boolean explicit) {
        if (typeModifier < 0) {
            return cast;
        }
        return (context, value) -> target.applyModifier(cast.cast(context, value), typeModifier, explicit);
    }

    /** Whether an expression of type {@code source} may stand where {@code target} is wanted. */
    public static boolean canCoerce(SqlType source, SqlType target, Context context) {
        return TypeFamily.isAny(target) || TypeFamily.isPolymorphic(target) || find(source, target, context) != null;
    }

    private static boolean allowed(char castContext, Context context) {
        return switch (castContext) {
            case 'i' -> true;
            case 'a' -> context != Context.IMPLICIT;
            default -> context == Context.EXPLICIT;
        };
    }

    /** Types whose values have no text form to go through; record prints but cannot be read. */
    private static boolean isPseudo(SqlType type) {
        return type.category() == 'P'
                && !type.name().equals("record")
                && !type.name().equals("cstring");
    }

    private static @Nullable CastFunction fromUnknown(SqlType target) {
        if (target.category() == 'P'
                && !target.name().equals("cstring")
                && !target.name().equals("record")) {
            return TypeFamily.isAny(target) || TypeFamily.isPolymorphic(target) ? CastFunction.IDENTITY : null;
        }
        if (TypeFamily.same(target, TypeRegistry.TEXT)) {
            return CastFunction.IDENTITY;
        }
        return (context, value) -> target.parse((String) value, context);
    }

    static CastFunction throughText(SqlType source, SqlType target) {
        if (TypeFamily.same(target, TypeRegistry.TEXT)) {
            return (context, value) -> source.format(value, context);
        }
        if (source.category() == TypeFamily.STRING_CATEGORY) {
            return (context, value) -> target.parse((String) value, context);
        }
        return (context, value) -> target.parse(source.format(value, context), context);
    }

    private static @Nullable CastFunction findArrayCast(SqlType source, SqlType target, Context context) {
        SqlType sourceElement = TypeFamily.elementOf(source);
        SqlType targetElement = TypeFamily.elementOf(target);
        if (sourceElement == null
                || targetElement == null
                || target.name().equals("oidvector")
                || target.name().equals("int2vector")) {
            return null;
        }
        CastFunction element = find(sourceElement, targetElement, context);
        if (element == null) {
            return null;
        }
        return (evaluation, value) -> castElements(evaluation, (SqlArray) value, targetElement, element);
    }

    private static SqlArray castElements(
            EvaluationContext context, SqlArray array, SqlType elementType, CastFunction element) {
        @Nullable Object[] elements = array.elements().clone();
        if (!element.isIdentity()) {
            for (int i = 0; i < elements.length; i++) {
                Object item = elements[i];
                elements[i] = item == null ? null : element.cast(context, item);
            }
        }
        return new SqlArray(elementType.oid(), array.dimensions(), array.lowerBounds(), elements);
    }
}
