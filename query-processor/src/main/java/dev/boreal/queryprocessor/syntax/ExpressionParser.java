package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.BinaryOperation;
import dev.boreal.queryprocessor.syntax.tree.Expression.Collate;
import dev.boreal.queryprocessor.syntax.tree.Expression.Logical;
import dev.boreal.queryprocessor.syntax.tree.Expression.Logical.Connective;
import dev.boreal.queryprocessor.syntax.tree.Expression.Not;
import dev.boreal.queryprocessor.syntax.tree.Expression.TypeCast;
import dev.boreal.queryprocessor.syntax.tree.Expression.UnaryOperation;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal.IntegerLiteral;
import dev.boreal.queryprocessor.syntax.tree.Literal.NumericLiteral;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operator precedence: a loop that climbs PostgreSQL's table. {@code a_expr} of its grammar is {@link #expression}, {@code b_expr}, which lacks the
 * logical operators and most predicates, is {@link #restricted}.
 *
 * <p>Comparisons, predicates and IS are non-associative: {@code a < b < c} is an error at the second operator. A level is
 * remembered after an operation whose right operand ended it, and forgotten after one that ended in a token of its own.
 */
final class ExpressionParser {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int MEMBERSHIP = 6;
    private static final int OPERATOR = 8;
    private static final int ADDITIVE = 9;
    private static final int MULTIPLICATIVE = 10;
    private static final int POWER = 11;
    private static final int AT_TIME_ZONE = 12;
    private static final int COLLATE = 13;
    private static final int SIGN = 14;
    private static final int TYPE_CAST = 15;
    private static final int NO_OPERATOR = -1;

    private final TokenCursor tokens;
    private final Grammar grammar;
    private final OperatorParser operators;
    private final PredicateParser predicates;

    /** Where an expression stands, if that takes a meaning from an operator. */
    private enum Place {
        PLAIN,
        /** In a select list, where a keyword operator that nothing fitting follows is the item's label. */
        TARGET,
        /** The first argument of SUBSTRING, which SIMILAR without TO ends. */
        SUBSTRING
    }

    private Place place = Place.PLAIN;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.operators = new OperatorParser(tokens);
        this.predicates = new PredicateParser(grammar, this);
    }

    Expression expression() {
        return expression(Place.PLAIN, false);
    }

    /** An item of a select list, before its label. */
    Expression labelled() {
        return expression(Place.TARGET, false);
    }

    Expression substringText() {
        return expression(Place.SUBSTRING, false);
    }

    Expression restricted() {
        return expression(Place.PLAIN, true);
    }

    private Expression expression(Place inner, boolean restricted) {
        Place outer = place;
        place = inner;
        Expression expression = climb(0, restricted);
        place = outer;
        return expression;
    }

    List<Expression> expressionList() {
        Expression first = expression();
        if (!tokens.is(TokenKind.COMMA)) {
            return List.of(first);
        }
        List<Expression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(TokenKind.COMMA)) {
            list.add(expression());
        }
        return List.copyOf(list);
    }

    List<Expression> parenthesizedList() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Expression> list = expressionList();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return list;
    }

    OperatorParser operators() {
        return operators;
    }

    /** The right operand of a predicate of the given level: binds tighter. */
    Expression membershipOperand() {
        return climb(MEMBERSHIP + 1, false);
    }

    Expression isOperand(boolean restricted) {
        return climb(IS + 1, restricted);
    }

    private Expression climb(int minimum, boolean restricted) {
        tokens.enter();
        int depth = tokens.depth();
        Expression left = prefix(restricted);
        int spent = 0;
        while (true) {
            TokenKind kind = tokens.kind();
            int level = restricted ? restrictedLevel(kind) : level(kind);
            if (level < minimum || (minimum == 0 && place == Place.TARGET && isLabel(kind))) {
                break;
            }
            if (level == spent) {
                throw tokens.syntaxError();
            }
            tokens.deepen(1);
            left = extend(left, level, minimum, restricted);
            spent = endsInOperand(left, level) ? level : 0;
        }
        tokens.leaveTo(depth);
        tokens.leave();
        return left;
    }

    /** Whether the operation just made is non-associative and ended in an operand, not in a token of its own. */
    private static boolean endsInOperand(Expression operation, int level) {
        return switch (operation) {
            case BinaryOperation comparison -> level == COMPARISON;
            case Predicate.DistinctTest distinct -> true;
            case Predicate.Between between -> true;
            case Predicate.Like like -> true;
            default -> false;
        };
    }

    private int level(TokenKind kind) {
        return switch (kind) {
            case OR -> OR;
            case AND -> AND;
            case IS, ISNULL, NOTNULL -> IS;
            case LESS, GREATER, EQUAL, LESS_EQUAL, GREATER_EQUAL, NOT_EQUAL -> COMPARISON;
            case BETWEEN, IN, LIKE, ILIKE -> MEMBERSHIP;
            case SIMILAR -> place == Place.SUBSTRING && tokens.kind(1) != TokenKind.TO ? NO_OPERATOR : MEMBERSHIP;
            case NOT -> isNegatedPredicate() ? MEMBERSHIP : NO_OPERATOR;
            case OTHER_OPERATOR -> OPERATOR;
            case OPERATOR -> tokens.kind(1) == TokenKind.LEFT_PARENTHESIS ? OPERATOR : NO_OPERATOR;
            case PLUS, MINUS -> ADDITIVE;
            case STAR, SLASH, PERCENT -> MULTIPLICATIVE;
            case CIRCUMFLEX -> POWER;
            case AT -> tokens.kind(1) == TokenKind.TIME ? AT_TIME_ZONE : NO_OPERATOR;
            case COLLATE -> COLLATE;
            case TYPE_CAST -> TYPE_CAST;
            default -> NO_OPERATOR;
        };
    }

    private int restrictedLevel(TokenKind kind) {
        return switch (kind) {
            case OR, AND, ISNULL, NOTNULL, BETWEEN, IN, LIKE, ILIKE, SIMILAR, NOT, AT, COLLATE -> NO_OPERATOR;
            default -> level(kind);
        };
    }

    private boolean isNegatedPredicate() {
        return switch (tokens.kind(1)) {
            case BETWEEN, IN, LIKE, ILIKE, SIMILAR -> true;
            default -> false;
        };
    }

    /** Whether a keyword operator labels the item instead, since what follows it ends the item. */
    private boolean isLabel(TokenKind kind) {
        if (!kind.bareLabel) {
            return false;
        }
        return switch (tokens.kind(1)) {
            case COMMA,
                    END_OF_INPUT,
                    SEMICOLON,
                    RIGHT_PARENTHESIS,
                    FROM,
                    WHERE,
                    INTO,
                    GROUP,
                    HAVING,
                    WINDOW,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ON,
                    RETURNING -> true;
            default -> false;
        };
    }

    private Expression prefix(boolean restricted) {
        int position = tokens.position();
        return switch (tokens.kind()) {
            case NOT -> {
                if (restricted) {
                    throw tokens.syntaxError();
                }
                tokens.advance();
                yield new Not(climb(NOT, false), position);
            }
            case PLUS -> {
                tokens.advance();
                yield new UnaryOperation(OperatorName.of("+"), climb(SIGN, restricted), position);
            }
            case MINUS -> {
                tokens.advance();
                yield negate(climb(SIGN, restricted), position);
            }
            case OTHER_OPERATOR -> {
                OperatorName operator = operators.operator();
                yield new UnaryOperation(operator, climb(OPERATOR + 1, restricted), position);
            }
            case OPERATOR -> {
                if (tokens.kind(1) == TokenKind.LEFT_PARENTHESIS) {
                    OperatorName operator = operators.operator();
                    yield new UnaryOperation(operator, climb(OPERATOR + 1, restricted), position);
                }
                yield grammar.primaries.primary();
            }
            case DEFAULT -> {
                if (restricted) {
                    throw tokens.syntaxError();
                }
                tokens.advance();
                yield new Expression.Default(position);
            }
            default -> {
                yield grammar.primaries.primary();
            }
        };
    }

    /** The number whose negation is the least int4. */
    private static final String BEYOND_INTEGER = "2147483648";

    /** A minus sign before a number belongs to the number. */
    private static Expression negate(Expression operand, int position) {
        return switch (operand) {
            case IntegerLiteral integer
            when integer.value() == Integer.MIN_VALUE -> new NumericLiteral(BEYOND_INTEGER, position);
            case IntegerLiteral integer -> new IntegerLiteral(-integer.value(), position);
            case NumericLiteral number
            when number.text().equals(BEYOND_INTEGER) -> new IntegerLiteral(Integer.MIN_VALUE, position);
            case NumericLiteral number ->
                new NumericLiteral(
                        number.text().startsWith("-") ? number.text().substring(1) : "-" + number.text(), position);
            default -> new UnaryOperation(OperatorName.of("-"), operand, position);
        };
    }

    private Expression extend(Expression left, int level, int minimum, boolean restricted) {
        int position = tokens.position();
        return switch (level) {
            case OR -> {
                yield logical(Connective.OR, OR, minimum, left, position);
            }
            case AND -> {
                yield logical(Connective.AND, AND, minimum, left, position);
            }
            case IS -> {
                yield predicates.is(left, restricted);
            }
            case MEMBERSHIP -> {
                yield predicates.membership(left);
            }
            case TYPE_CAST -> {
                tokens.advance();
                yield new TypeCast(left, grammar.types.type(), position);
            }
            case COLLATE -> {
                tokens.advance();
                yield new Collate(left, tokens.anyName(), position);
            }
            case AT_TIME_ZONE -> {
                tokens.advance();
                tokens.advance();
                tokens.expect(TokenKind.ZONE);
                Expression zone = climb(AT_TIME_ZONE + 1, restricted);
                yield FunctionCall.of(
                        new QualifiedName(List.of("pg_catalog", "timezone"), position),
                        List.of(zone, left),
                        FunctionCall.Syntax.AT_TIME_ZONE,
                        position);
            }
            default -> {
                OperatorName operator = operators.operator();
                Predicate.@Nullable Quantifier quantifier = restricted ? null : quantifier();
                if (quantifier != null) {
                    yield quantified(operator, left, quantifier, position);
                }
                yield new BinaryOperation(operator, left, climb(level + 1, restricted), position);
            }
        };
    }

    private Expression logical(Connective connective, int level, int minimum, Expression left, int position) {
        TokenKind kind = connective == Connective.AND ? TokenKind.AND : TokenKind.OR;
        List<Expression> operands = new ArrayList<>(4);
        int start = position;
        if (left instanceof Logical inner && inner.connective() == connective) {
            operands.addAll(inner.operands());
            start = inner.position();
        } else {
            operands.add(left);
        }
        while (tokens.is(kind) && !(minimum == 0 && place == Place.TARGET && isLabel(kind))) {
            tokens.advance();
            operands.add(climb(level + 1, false));
        }
        return new Logical(connective, List.copyOf(operands), start);
    }

    /** Takes ANY, SOME or ALL; null if there is none. */
    Predicate.@Nullable Quantifier quantifier() {
        Predicate.Quantifier quantifier = switch (tokens.kind()) {
            case ANY, SOME -> Predicate.Quantifier.ANY;
            case ALL -> Predicate.Quantifier.ALL;
            default -> null;
        };
        if (quantifier != null) {
            tokens.advance();
        }
        return quantifier;
    }

    Expression quantified(OperatorName operator, Expression left, Predicate.Quantifier quantifier, int position) {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        Query query = grammar.queries.queryIfAny();
        if (query == null) {
            Expression array = expression();
            query = grammar.queries.continued(array);
            if (query == null) {
                tokens.expect(TokenKind.RIGHT_PARENTHESIS);
                return new Predicate.QuantifiedArray(operator, left, quantifier, array, position);
            }
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new Predicate.QuantifiedSubquery(operator, left, quantifier, query, position);
    }
}
