package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.ResolvedFunction;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A typed expression: names are resolved, coercions are explicit. Equal ones are equal as values. */
public sealed interface BoundExpression
        permits BoundExpression.Constant,
                BoundExpression.Parameter,
                BoundExpression.Reference,
                BoundExpression.Call,
                BoundExpression.Operation,
                BoundExpression.Cast,
                BoundExpression.Modifier,
                BoundExpression.Relabel,
                BoundExpression.Connective,
                BoundExpression.Not,
                BoundExpression.NullTest,
                BoundExpression.BooleanTest,
                BoundExpression.DistinctTest,
                BoundExpression.Case,
                BoundExpression.CaseOperand,
                BoundExpression.Coalesce,
                BoundExpression.NullIf,
                BoundExpression.Extremum,
                BoundExpression.Quantified,
                BoundExpression.Row,
                BoundExpression.RowComparison,
                BoundExpression.ArrayOf,
                BoundExpression.Subscript,
                BoundExpression.FieldOf,
                BoundExpression.SubqueryExpression,
                BoundExpression.AggregateCall,
                BoundExpression.WindowCall,
                BoundExpression.SetCall,
                BoundExpression.GroupingCall {

    SqlType type();

    default int typeModifier() {
        return -1;
    }

    /** A value known now. A string literal whose type is not known yet has the type unknown. */
    record Constant(@Nullable Object value, SqlType type, int typeModifier) implements BoundExpression {}

    record Parameter(int number, SqlType type) implements BoundExpression {}

    /** A column of this query or of one around it. Where it was written does not matter to equality. */
    final class Reference implements BoundExpression {
        private final Variable variable;
        private final int position;

        public Reference(Variable variable, int position) {
            this.variable = variable;
            this.position = position;
        }

        public Reference(Variable variable) {
            this(variable, 0);
        }

        public Variable variable() {
            return variable;
        }

        public int position() {
            return position;
        }

        @Override
        public SqlType type() {
            return variable.type();
        }

        @Override
        public int typeModifier() {
            return variable.typeModifier();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Reference that && variable == that.variable;
        }

        @Override
        public int hashCode() {
            return variable.hashCode();
        }

        @Override
        public String toString() {
            return variable.name();
        }
    }

    record Call(ResolvedFunction function, List<BoundExpression> arguments) implements BoundExpression {
        @Override
        public SqlType type() {
            return function.returnType();
        }
    }

    /** {@code left} is null for a prefix operator. */
    record Operation(ResolvedOperator operator, @Nullable BoundExpression left, BoundExpression right)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return operator.result();
        }
    }

    /** A cast by a function of its own. */
    record Cast(BoundExpression operand, SqlType type, CastFunction function) implements BoundExpression {}

    /** Makes a value fit a type modifier. */
    record Modifier(BoundExpression operand, int typeModifier, boolean explicit) implements BoundExpression {
        @Override
        public SqlType type() {
            return operand.type();
        }
    }

    /** The same value under another type or type modifier. */
    record Relabel(BoundExpression operand, SqlType type, int typeModifier) implements BoundExpression {}

    record Connective(boolean and, List<BoundExpression> operands, SqlType type) implements BoundExpression {}

    record Not(BoundExpression operand) implements BoundExpression {
        @Override
        public SqlType type() {
            return operand.type();
        }
    }

    record NullTest(BoundExpression operand, boolean negated, SqlType type) implements BoundExpression {}

    /** {@code truth} null is UNKNOWN. */
    record BooleanTest(BoundExpression operand, @Nullable Boolean truth, boolean negated) implements BoundExpression {
        @Override
        public SqlType type() {
            return operand.type();
        }
    }

    /** IS [NOT] DISTINCT FROM, with the equality of the operands' types. */
    record DistinctTest(ResolvedOperator equality, BoundExpression left, BoundExpression right, boolean negated)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return equality.result();
        }
    }

    /** {@code operand} is evaluated once and read by the conditions as {@link CaseOperand}; null for a searched CASE. */
    record Case(
            @Nullable BoundExpression operand,
            List<When> whens,
            @Nullable BoundExpression otherwise,
            SqlType type,
            int typeModifier)
            implements BoundExpression {}

    record When(BoundExpression condition, BoundExpression result) {}

    /** What the nearest enclosing CASE of the same identity put in its place. */
    record CaseOperand(int id, SqlType type, int typeModifier) implements BoundExpression {}

    record Coalesce(List<BoundExpression> arguments, SqlType type, int typeModifier) implements BoundExpression {}

    /** {@code left} itself unless {@code equality} holds; the operands of the comparison may be coerced. */
    record NullIf(
            ResolvedOperator equality,
            BoundExpression left,
            BoundExpression comparedLeft,
            BoundExpression comparedRight)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return left.type();
        }

        @Override
        public int typeModifier() {
            return left.typeModifier();
        }
    }

    record Extremum(boolean greatest, List<BoundExpression> arguments, SqlType type) implements BoundExpression {}

    /** {@code left op ANY (array)} or ALL; IN lists too, then {@code array} is an {@link ArrayOf}. */
    record Quantified(ResolvedOperator operator, boolean any, BoundExpression left, BoundExpression array)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return operator.result();
        }
    }

    record Row(List<BoundExpression> fields, List<String> names, SqlType type) implements BoundExpression {}

    /** {@code (a, b) < (c, d)}; symbol is one of &lt; &lt;= &gt; &gt;=. Equality of rows is AND and OR of comparisons. */
    record RowComparison(
            String symbol,
            List<ResolvedOperator> less,
            List<ResolvedOperator> equal,
            List<BoundExpression> left,
            List<BoundExpression> right,
            SqlType type)
            implements BoundExpression {}

    /** ARRAY[...]; with {@code nested} the elements are arrays of the same type. */
    record ArrayOf(List<BoundExpression> elements, SqlType type, SqlType elementType, boolean nested)
            implements BoundExpression {}

    /** {@code base[1][2]}, or a slice; missing bounds are null. */
    record Subscript(BoundExpression base, List<SubscriptBound> bounds, boolean slice, SqlType type)
            implements BoundExpression {}

    /** An ordinary subscript has {@code upper} only. */
    record SubscriptBound(
            @Nullable BoundExpression lower, @Nullable BoundExpression upper) {}

    /** A field of a record, by its place. */
    record FieldOf(BoundExpression base, int field, SqlType type, int typeModifier) implements BoundExpression {}

    /** A query inside an expression. */
    record SubqueryExpression(
            Kind kind, BoundQuery query, @Nullable SubqueryTest test, SqlType type, int typeModifier)
            implements BoundExpression {
        /** What the query stands for. */
        public enum Kind {
            SCALAR,
            EXISTS,
            ARRAY,
            ANY,
            ALL
        }
    }

    /**
     * The comparison of {@code left op ANY (SELECT ...)}: {@code condition} reads the query's columns as variables and is
     * evaluated per row; {@code left} and {@code operators} are set if it is a plain comparison column by column.
     */
    record SubqueryTest(List<BoundExpression> left, List<ResolvedOperator> operators, BoundExpression condition) {}

    /** Lives only inside the binder and in {@link RelationalNode.Aggregate}. */
    record AggregateCall(
            ResolvedFunction function,
            List<BoundExpression> arguments,
            boolean star,
            boolean distinct,
            List<SortKey> orderBy,
            @Nullable BoundExpression filter)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return function.returnType();
        }
    }

    /** Lives only inside the binder and in {@link RelationalNode.Window}. */
    record WindowCall(
            ResolvedFunction function,
            List<BoundExpression> arguments,
            boolean star,
            @Nullable BoundExpression filter,
            WindowSpecification window)
            implements BoundExpression {
        @Override
        public SqlType type() {
            return function.returnType();
        }
    }

    /** A set-returning function in a select list. Lives only inside the binder and in {@link RelationalNode.ProjectSet}. */
    record SetCall(ResolvedFunction function, List<BoundExpression> arguments) implements BoundExpression {
        @Override
        public SqlType type() {
            return function.returnType();
        }
    }

    /** GROUPING(...): indexes into the grouping expressions. */
    record GroupingCall(List<BoundExpression> arguments, SqlType type) implements BoundExpression {}
}
