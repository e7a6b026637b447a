package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.Casts;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Cast;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Modifier;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Parameter;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Relabel;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes expressions have the types that their surroundings want; here literals and parameters get theirs. */
final class Coercion {
    private final Analysis analysis;

    Coercion(Analysis analysis) {
        this.analysis = analysis;
    }

    static boolean isUnknown(BoundExpression expression) {
        return expression.type().oid() == TypeRegistry.UNKNOWN.oid();
    }

    /** As a function's argument or an operator's operand. */
    BoundExpression implicit(BoundExpression expression, SqlType target, int position) {
        return convert(expression, target, Casts.Context.IMPLICIT, position);
    }

    /** CAST. */
    BoundExpression explicit(BoundExpression expression, SqlType target, int typeModifier, int position) {
        BoundExpression converted = expression instanceof Constant constant && isSpan(constant, target, typeModifier)
                ? spanLiteral(constant, target, typeModifier)
                : convert(expression, target, Casts.Context.EXPLICIT, position);
        return withModifier(converted, typeModifier, true, position);
    }

    /** For a column that is written. */
    BoundExpression assignment(
            BoundExpression expression, SqlType target, int typeModifier, String column, int position) {
        if (!isUnknown(expression) && Casts.find(expression.type(), target, Casts.Context.ASSIGNMENT) == null) {
            throw BindErrors.hinted(
                    position,
                    SqlState.DATATYPE_MISMATCH,
                    "column \"" + column + "\" is of type " + target.formatName(-1) + " but expression is of type "
                            + expression.type().formatName(-1),
                    "You will need to rewrite or cast the expression.");
        }
        BoundExpression converted = expression instanceof Constant constant && isSpan(constant, target, typeModifier)
                ? spanLiteral(constant, target, typeModifier)
                : convert(expression, target, Casts.Context.ASSIGNMENT, position);
        return withModifier(converted, typeModifier, false, position);
    }

    private static boolean isSpan(Constant constant, SqlType target, int typeModifier) {
        return typeModifier >= 0
                && target.oid() == TypeRegistry.INTERVAL.oid()
                && isUnknown(constant)
                && constant.value() != null;
    }

    /** What a bare number counts is said by the type's fields: {@code interval '1' year}. */
    private static BoundExpression spanLiteral(Constant constant, SqlType target, int typeModifier) {
        return new Cast(
                constant, target, (context, text) -> target.parseWithModifier((String) text, typeModifier, context));
    }

    /** What WHERE and its kin want. */
    BoundExpression condition(BoundExpression expression, String construct, int position) {
        if (!isUnknown(expression) && expression.type().oid() != TypeRegistry.BOOL.oid()) {
            throw BindErrors.at(
                    position,
                    SqlState.DATATYPE_MISMATCH,
                    "argument of " + construct + " must be type boolean, not type "
                            + expression.type().formatName(-1));
        }
        return convert(expression, TypeRegistry.BOOL, Casts.Context.ASSIGNMENT, position);
    }

    /** The type of several expressions in one place. */
    SqlType common(List<BoundExpression> expressions, String construct, int position) {
        List<SqlType> types = new ArrayList<>(expressions.size());
        for (BoundExpression expression : expressions) {
            types.add(expression.type());
        }
        return BindErrors.locate(position, () -> Resolution.commonType(types, construct));
    }

    /** The type modifier that all have, or -1. */
    static int commonModifier(List<BoundExpression> expressions, SqlType type) {
        int modifier = -1;
        boolean first = true;
        for (BoundExpression expression : expressions) {
            if (expression.type().oid() != type.oid() || (!first && expression.typeModifier() != modifier)) {
                return -1;
            }
            modifier = expression.typeModifier();
            first = false;
        }
        return modifier;
    }

    /** A result column that nothing gave a type to is text. */
    BoundExpression decided(BoundExpression expression, int position) {
        return isUnknown(expression) ? implicit(expression, TypeRegistry.TEXT, position) : expression;
    }

    private BoundExpression convert(BoundExpression expression, SqlType target, Casts.Context context, int position) {
        SqlType source = expression.type();
        if (source.oid() == target.oid() || isPseudo(target)) {
            return expression;
        }
        if (expression instanceof Parameter parameter && isUnknown(parameter)) {
            analysis.decideParameter(parameter.number(), target, position);
            return new Parameter(parameter.number(), target);
        }
        if (expression instanceof Reference reference && isUnknown(reference)) {
            BoundExpression behind = analysis.undecided(reference.variable());
            if (behind != null) {
                return convert(behind, target, context, position);
            }
        }
        if (expression instanceof Constant constant && isUnknown(constant)) {
            return literal(constant, target, position);
        }
        CastFunction cast = Casts.find(source, target, context);
        if (cast == null) {
            throw BindErrors.cannotCast(position, source, target);
        }
        if (cast.isIdentity()) {
            return expression instanceof Constant constant
                    ? new Constant(constant.value(), target, -1)
                    : new Relabel(expression, target, -1);
        }
        BoundExpression converted = new Cast(expression, target, cast);
        return expression instanceof Constant constant && !sessionDependent(source) && !sessionDependent(target)
                ? foldCast(constant, cast, target, converted)
                : converted;
    }

    private static boolean isPseudo(SqlType target) {
        return target.oid() == TypeRegistry.ANY.oid()
                || target.oid() == TypeRegistry.ANYELEMENT.oid()
                || target.oid() == TypeRegistry.ANYARRAY.oid()
                || target.oid() == TypeRegistry.ANYNONARRAY.oid()
                || target.oid() == TypeRegistry.ANYCOMPATIBLE.oid();
    }

    /** A cast that fails does so when it is reached: a CASE or COALESCE around it may never do that. */
    private static BoundExpression foldCast(
            Constant constant, CastFunction cast, SqlType target, BoundExpression otherwise) {
        Object value = constant.value();
        if (value == null) {
            return new Constant(null, target, -1);
        }
        try {
            return new Constant(cast.cast(FoldingContext.INSTANCE, value), target, -1);
        } catch (SqlException | FoldingContext.Unknowable failure) {
            return otherwise;
        }
    }

    private static BoundExpression fold(
            Constant constant, CastFunction cast, SqlType target, BoundExpression otherwise, int position) {
        Object value = constant.value();
        if (value == null) {
            return new Constant(null, target, -1);
        }
        try {
            return new Constant(cast.cast(FoldingContext.INSTANCE, value), target, -1);
        } catch (SqlException failure) {
            throw BindErrors.located(position, failure);
        } catch (FoldingContext.Unknowable dependent) {
            return otherwise;
        }
    }

    private static BoundExpression literal(Constant constant, SqlType target, int position) {
        String text = (String) constant.value();
        if (text == null) {
            return new Constant(null, target, -1);
        }
        CastFunction cast = Casts.find(TypeRegistry.UNKNOWN, target, Casts.Context.IMPLICIT);
        if (cast == null) {
            throw BindErrors.cannotCast(position, TypeRegistry.UNKNOWN, target);
        }
        if (cast.isIdentity()) {
            return new Constant(text, target, -1);
        }
        BoundExpression atRunTime = new Cast(constant, target, cast);
        if (sessionDependent(target) && !isUniversal(text, target)) {
            return atRunTime;
        }
        return fold(constant, cast, target, atRunTime, position);
    }

    /** Types whose input depends on settings or on the catalog. */
    static boolean sessionDependent(SqlType type) {
        SqlType element = TypeRegistry.elementOf(type);
        return switch (element == null ? type.category() : element.category()) {
            case 'D', 'T' -> true;
            case 'P' -> true;
            default -> (element == null ? type.name() : element.name()).startsWith("reg");
        };
    }

    /** Whether a date or timestamp is written so that no setting changes its meaning: year first, digits only. */
    private static boolean isUniversal(String text, SqlType type) {
        if (!type.name().equals("date") && !type.name().equals("timestamp")) {
            return false;
        }
        int length = text.length();
        if (length < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean separator = i >= 10 ? c == ':' || c == '.' || c == ' ' || c == 'T' : i == 4 || i == 7;
            if (!digit && !separator) {
                return false;
            }
        }
        return true;
    }

    BoundExpression withModifier(BoundExpression expression, int typeModifier, boolean explicit, int position) {
        if (typeModifier < 0 || expression.typeModifier() == typeModifier) {
            return expression;
        }
        if (expression instanceof Constant constant && !sessionDependent(constant.type())) {
            Object value = constant.value();
            if (value == null) {
                return new Constant(null, constant.type(), typeModifier);
            }
            return BindErrors.locate(
                    position,
                    () -> new Constant(
                            constant.type().applyModifier(value, typeModifier, explicit),
                            constant.type(),
                            typeModifier));
        }
        return new Modifier(expression, typeModifier, explicit);
    }

    static SqlException cannotDetermine(int position, @Nullable String what) {
        return new SqlException(
                SqlError.error(SqlState.INDETERMINATE_DATATYPE, "could not determine " + (what == null ? "type" : what))
                        .withPosition(position));
    }
}
