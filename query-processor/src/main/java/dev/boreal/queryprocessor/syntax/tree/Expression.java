package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scalar expression. The position of an operation is that of its operator, of anything else where it begins. */
public sealed interface Expression extends Node
        permits Literal,
                Expression.ParameterReference,
                Expression.ColumnReference,
                Expression.Star,
                Expression.FieldSelection,
                Expression.FieldStar,
                Expression.Subscript,
                Expression.TypeCast,
                Expression.Collate,
                Expression.UnaryOperation,
                Expression.BinaryOperation,
                Expression.Logical,
                Expression.Not,
                Predicate,
                Expression.RowConstructor,
                Expression.ArrayConstructor,
                Expression.ArraySubquery,
                Expression.ScalarSubquery,
                Expression.Case,
                Expression.Coalesce,
                Expression.NullIf,
                Expression.Extremum,
                FunctionCall,
                Expression.NamedArgument,
                Expression.CurrentValue,
                Expression.Grouping,
                Expression.Default,
                Expression.CurrentOf {

    /** {@code $n}, counted from 1. */
    record ParameterReference(int number, int position) implements Expression {}

    /** {@code column}, {@code table.column}, {@code schema.table.column} ...; could also name a whole row, or a composite's field. */
    record ColumnReference(List<String> parts, int position) implements Expression {

        public String name() {
            return parts.getLast();
        }
    }

    /** {@code *} or {@code table.*} or {@code schema.table.*}: legal in select lists, RETURNING, ROW() and count(). */
    record Star(List<String> qualifier, int position) implements Expression {}

    /** {@code (base).field}. */
    record FieldSelection(Expression base, String field, int position) implements Expression {}

    /** {@code (base).*}. */
    record FieldStar(Expression base, int position) implements Expression {}

    /** {@code base[1][2:3]}: all subscripts that follow one another. */
    record Subscript(Expression base, List<Index> indexes, int position) implements Expression {

        /** One pair of brackets: {@code [upper]} or, if {@code slice}, {@code [lower:upper]} with either bound missing. */
        public record Index(
                boolean slice,
                @Nullable Expression lower,
                @Nullable Expression upper) {}
    }

    /** {@code x::type}, {@code CAST(x AS type)} or {@code type 'literal'}. */
    record TypeCast(Expression operand, TypeName type, int position) implements Expression {}

    record Collate(Expression operand, QualifiedName collation, int position) implements Expression {}

    /** A prefix operator. */
    record UnaryOperation(OperatorName operator, Expression operand, int position) implements Expression {}

    /** An infix operator, comparisons, {@code ||}, {@code ~}, JSON operators and so on included. */
    record BinaryOperation(OperatorName operator, Expression left, Expression right, int position)
            implements Expression {}

    /** AND or OR of two or more; {@code a AND b AND c} is one node. */
    record Logical(Connective connective, List<Expression> operands, int position) implements Expression {
        public enum Connective {
            AND,
            OR
        }
    }

    record Not(Expression operand, int position) implements Expression {}

    /** {@code ROW(...)}, or without the keyword when {@code explicit} is false: {@code (a, b)}. */
    record RowConstructor(List<Expression> fields, boolean explicit, int position) implements Expression {}

    /** {@code ARRAY[...]}; an element of a multidimensional one is itself an ArrayConstructor. */
    record ArrayConstructor(List<Expression> elements, int position) implements Expression {}

    /** {@code ARRAY(SELECT ...)}. */
    record ArraySubquery(Query query, int position) implements Expression {}

    record ScalarSubquery(Query query, int position) implements Expression {}

    /** Either form of CASE; {@code operand} is null for the searched one. */
    record Case(
            @Nullable Expression operand,
            List<When> whens,
            @Nullable Expression otherwise,
            int position) implements Expression {

        public record When(Expression condition, Expression result, int position) implements Node {}
    }

    record Coalesce(List<Expression> arguments, int position) implements Expression {}

    record NullIf(Expression left, Expression right, int position) implements Expression {}

    /** GREATEST or LEAST. */
    record Extremum(boolean greatest, List<Expression> arguments, int position) implements Expression {}

    /** {@code name => value} in a function's arguments. */
    record NamedArgument(String name, Expression value, int position) implements Expression {}

    /** A keyword that stands for a value of the session, statement or transaction. */
    record CurrentValue(Kind kind, @Nullable Integer precision, int position) implements Expression {
        public enum Kind {
            CURRENT_DATE,
            CURRENT_TIME,
            CURRENT_TIMESTAMP,
            LOCALTIME,
            LOCALTIMESTAMP,
            CURRENT_ROLE,
            CURRENT_USER,
            SESSION_USER,
            USER,
            CURRENT_CATALOG,
            CURRENT_SCHEMA
        }
    }

    /** {@code GROUPING(...)}. */
    record Grouping(List<Expression> arguments, int position) implements Expression {}

    /** The keyword DEFAULT, legal only as a value of INSERT, UPDATE or MERGE. */
    record Default(int position) implements Expression {}

    /** {@code WHERE CURRENT OF cursor}. */
    record CurrentOf(String cursor, int position) implements Expression {}
}
