package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Connective;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Not;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Row;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.RowComparison;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses operators and applies them. */
final class OperatorBinder {
    private final Binder binder;

    OperatorBinder(Binder binder) {
        this.binder = binder;
    }

    static ResolvedOperator resolve(
            String symbol, @Nullable BoundExpression left, BoundExpression right, int position) {
        return BindErrors.locate(
                position, () -> Resolution.operator(symbol, left == null ? null : left.type(), right.type()));
    }

    BoundExpression apply(OperatorName name, @Nullable BoundExpression left, BoundExpression right, int position) {
        return apply(name, left, right, position, position, position);
    }

    /** Errors of reading a literal operand point at it. */
    BoundExpression apply(
            OperatorName name,
            @Nullable BoundExpression left,
            BoundExpression right,
            int position,
            int leftPosition,
            int rightPosition) {
        if (name.schema() != null && !name.schema().equals("pg_catalog")) {
            throw BindErrors.at(
                    position,
                    SqlState.UNDEFINED_FUNCTION,
                    "operator does not exist: " + name.schema() + "." + name.symbol());
        }
        return apply(name.symbol(), left, right, position, leftPosition, rightPosition);
    }

    BoundExpression apply(String symbol, @Nullable BoundExpression left, BoundExpression right, int position) {
        return apply(symbol, left, right, position, position, position);
    }

    private BoundExpression apply(
            String symbol,
            @Nullable BoundExpression left,
            BoundExpression right,
            int position,
            int leftPosition,
            int rightPosition) {
        if (left instanceof Row leftRow && right instanceof Row rightRow) {
            return rows(symbol, leftRow.fields(), rightRow.fields(), position);
        }
        ResolvedOperator operator = resolve(symbol, left, right, position);
        BoundExpression coercedLeft = left == null || operator.left() == null
                ? null
                : binder.coercion.implicit(left, operator.left(), leftPosition);
        BoundExpression coercedRight = binder.coercion.implicit(right, operator.right(), rightPosition);
        noteVolatility(operator);
        return folded(new Operation(operator, coercedLeft, coercedRight), operator);
    }

    private void noteVolatility(ResolvedOperator operator) {
        switch (volatility(operator)) {
            case VOLATILE -> binder.analysis.noteVolatile();
            case STABLE -> binder.analysis.noteStable();
            case IMMUTABLE -> {}
        }
    }

    static FunctionSignature.Volatility volatility(ResolvedOperator operator) {
        FunctionSignature function =
                FunctionRegistry.function(operator.signature().functionOid());
        return function == null ? FunctionSignature.Volatility.IMMUTABLE : function.volatility();
    }

    /** The operation, or its value if that is known now. Errors wait until it is executed: it may never be. */
    private static BoundExpression folded(Operation operation, ResolvedOperator operator) {
        BoundExpression left = operation.left();
        boolean constant = operation.right() instanceof Constant && (left == null || left instanceof Constant);
        if (!constant || volatility(operator) != FunctionSignature.Volatility.IMMUTABLE) {
            return operation;
        }
        Object rightValue = ((Constant) operation.right()).value();
        Object leftValue = left == null ? null : ((Constant) left).value();
        if (operator.strict() && (rightValue == null || (left != null && leftValue == null))) {
            return new Constant(null, operator.result(), -1);
        }
        try {
            @Nullable Object[] arguments = left == null ? new Object[] {rightValue} : new Object[] {leftValue, rightValue};
            return new Constant(operator.body().apply(FoldingContext.INSTANCE, arguments), operator.result(), -1);
        } catch (SqlException | FoldingContext.Unknowable failure) {
            return operation;
        }
    }

    /** Rows compare field by field. */
    BoundExpression rows(String symbol, List<BoundExpression> left, List<BoundExpression> right, int position) {
        if (left.size() != right.size()) {
            throw BindErrors.at(position, SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions");
        }
        if (left.isEmpty()) {
            throw BindErrors.at(position, SqlState.FEATURE_NOT_SUPPORTED, "cannot compare rows of zero length");
        }
        if (left.size() == 1) {
            return apply(symbol, left.getFirst(), right.getFirst(), position);
        }
        return switch (symbol) {
            case "=" -> connective(true, pairwise("=", left, right, position));
            case "<>" -> connective(false, pairwise("<>", left, right, position));
            case "<", "<=", ">", ">=" -> ordered(symbol, left, right, position);
            default ->
                throw BindErrors.hinted(
                        position,
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "could not determine interpretation of row comparison operator " + symbol,
                        "Row comparison operators must be associated with btree operator families.");
        };
    }

    private List<BoundExpression> pairwise(
            String symbol, List<BoundExpression> left, List<BoundExpression> right, int position) {
        List<BoundExpression> comparisons = new ArrayList<>(left.size());
        for (int i = 0; i < left.size(); i++) {
            comparisons.add(apply(symbol, left.get(i), right.get(i), position));
        }
        return comparisons;
    }

    private BoundExpression ordered(
            String symbol, List<BoundExpression> left, List<BoundExpression> right, int position) {
        String strict = symbol.substring(0, 1);
        List<ResolvedOperator> less = new ArrayList<>();
        List<ResolvedOperator> equal = new ArrayList<>();
        List<BoundExpression> coercedLeft = new ArrayList<>();
        List<BoundExpression> coercedRight = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            ResolvedOperator operator = resolve(strict, left.get(i), right.get(i), position);
            BoundExpression l =
                    binder.coercion.implicit(left.get(i), java.util.Objects.requireNonNull(operator.left()), position);
            BoundExpression r = binder.coercion.implicit(right.get(i), operator.right(), position);
            less.add(operator);
            equal.add(resolve("=", l, r, position));
            coercedLeft.add(l);
            coercedRight.add(r);
        }
        return new RowComparison(symbol, less, equal, coercedLeft, coercedRight, TypeRegistry.BOOL);
    }

    /** AND or OR, nested ones of the same kind flattened. */
    static BoundExpression connective(boolean and, List<BoundExpression> operands) {
        if (operands.size() == 1) {
            return operands.getFirst();
        }
        List<BoundExpression> flat = new ArrayList<>(operands.size());
        for (BoundExpression operand : operands) {
            if (operand instanceof Connective inner && inner.and() == and) {
                flat.addAll(inner.operands());
            } else {
                flat.add(operand);
            }
        }
        return new Connective(and, flat, TypeRegistry.BOOL);
    }

    static BoundExpression negated(BoundExpression condition, boolean negated) {
        return negated ? new Not(condition) : condition;
    }
}
