package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.BinaryOperation;
import dev.boreal.queryprocessor.syntax.tree.Expression.Logical;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Predicate;

/**
 * Which operands the pretty printer leaves without parentheses. As PostgreSQL's, it trusts the reader with AND within OR, operations within AND, OR and
 * NOT, and the four operations of arithmetic, and with nothing else.
 */
final class PrintedPrecedence {

    private PrintedPrecedence() {}

    static boolean isSimple(Expression operand, Expression parent) {
        return switch (operand) {
            case BinaryOperation operation -> isLogical(parent) || isTighter(operation, parent);
            case Logical logical ->
                parent instanceof Logical outer
                        && logical.connective() == Logical.Connective.AND
                        && outer.connective() == Logical.Connective.OR;
            case Expression.Not not -> parent instanceof Logical;
            case Predicate.Exists exists -> true;
            case Predicate predicate -> isLogical(parent);
            case Expression.UnaryOperation operation -> isLogical(parent);
            case Expression.Collate collate -> isLogical(parent);
            case FunctionCall call -> !isInfix(call) || isLogical(parent);
            case Expression.Case choice -> true;
            case Expression.TypeCast cast -> true;
            case Expression.Default none -> false;
            case Literal literal -> true;
            default -> true;
        };
    }

    private static boolean isInfix(FunctionCall call) {
        return call.syntax() == FunctionCall.Syntax.AT_TIME_ZONE || call.syntax() == FunctionCall.Syntax.OVERLAPS;
    }

    private static boolean isLogical(Expression parent) {
        return parent instanceof Logical || parent instanceof Expression.Not;
    }

    private static boolean isTighter(BinaryOperation operation, Expression parent) {
        if (!(parent instanceof BinaryOperation outer)) {
            return false;
        }
        int inner = level(operation);
        int around = level(outer);
        return inner > 0 && around > 0 && inner >= around;
    }

    /** Whether both are of one level of arithmetic, so that the right one needs its parentheses. */
    static boolean sameLevel(BinaryOperation right, BinaryOperation operation) {
        return level(right) > 0 && level(right) == level(operation);
    }

    private static int level(BinaryOperation operation) {
        if (operation.operator().schema() != null) {
            return 0;
        }
        return switch (operation.operator().symbol()) {
            case "+", "-" -> 1;
            case "*", "/", "%" -> 2;
            default -> 0;
        };
    }
}
