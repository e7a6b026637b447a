package dev.boreal.queryprocessor.syntax;

import java.util.Arrays;

/**
 * Follows the clauses of a statement token by token and says which literals are mere values.
 *
 * <p>A literal is lifted only
 * <ul>
 *   <li>in a WHERE or ON condition right after a comparison operator, BETWEEN or the AND of a BETWEEN,
 *   <li>in the list of an IN, and in a row after a comparison operator,
 *   <li>in a row of INSERT's VALUES,
 *   <li>in an UPDATE's SET after the equals sign, a number also after an arithmetic operator,
 *   <li>a number as LIMIT or OFFSET.
 * </ul>
 *
 * <p>So a literal stays where it is part of the syntax or tells a type, a name or a place: {@code type '...'}, intervals, type
 * modifiers, arguments of functions, subscripts, array elements, JSON paths and patterns, select and RETURNING lists, ordinals and
 * expressions of GROUP BY and ORDER BY (and HAVING, whose expressions must match those), ON CONFLICT's target, VALUES as a table.
 */
final class LiteralContext {
    private static final int MAXIMUM_DEPTH = 64;

    /** Tokens that change nothing. */
    private static final boolean[] PLAIN = plain();

    /** The clause that a level of parentheses is in. */
    private enum Clause {
        /** Where nothing is lifted. */
        OPAQUE,
        /** Common table expressions before their statement. */
        WITH,
        /** INSERT, UPDATE or DELETE before SET, VALUES or FROM. */
        TARGET,
        SELECT_LIST,
        CONDITION,
        SET,
        INSERT_VALUES,
        /** Values one after another. */
        LIST,
        LIMIT
    }

    private final Clause[] clauses = new Clause[MAXIMUM_DEPTH];
    private int depth;
    private TokenKind previous = TokenKind.SEMICOLON;
    private TokenKind beforeSign = TokenKind.SEMICOLON;
    private boolean between;
    private boolean refused;

    private static boolean[] plain() {
        boolean[] plain = new boolean[TokenKind.values().length];
        for (TokenKind token : TokenKind.values()) {
            plain[token.ordinal()] = switch (token) {
                case LEFT_PARENTHESIS,
                        LEFT_BRACKET,
                        RIGHT_PARENTHESIS,
                        RIGHT_BRACKET,
                        BETWEEN,
                        AND,
                        SELECT,
                        WITH,
                        INSERT,
                        UPDATE,
                        DELETE,
                        MERGE,
                        INTO,
                        FROM,
                        SET,
                        VALUES,
                        WHERE,
                        LIMIT,
                        OFFSET,
                        CONFLICT,
                        DO,
                        GROUP,
                        HAVING,
                        WINDOW,
                        ORDER,
                        FETCH,
                        FOR,
                        UNION,
                        INTERSECT,
                        EXCEPT,
                        RETURNING -> false;
                default -> true;
            };
        }
        return plain;
    }

    void reset() {
        Arrays.fill(clauses, 0, depth + 1, Clause.OPAQUE);
        depth = 0;
        clauses[0] = Clause.OPAQUE;
        previous = TokenKind.SEMICOLON;
        beforeSign = TokenKind.SEMICOLON;
        between = false;
        refused = false;
    }

    /** Whether the statement turned out to be none that should be normalised. */
    boolean refused() {
        return refused;
    }

    /** Whether a minus sign that was just passed is the sign of the number that follows. */
    boolean signed() {
        return previous == TokenKind.MINUS && liftsNumberAfter(beforeSign);
    }

    boolean liftsNumber() {
        return liftsNumberAfter(previous) || signed();
    }

    private boolean liftsNumberAfter(TokenKind token) {
        return switch (clauses[depth]) {
            case CONDITION -> isComparison(token) || afterBetween(token);
            case SET -> isComparison(token) || isArithmetic(token) && token != TokenKind.MINUS || binaryMinus(token);
            case LIST -> token == TokenKind.LEFT_PARENTHESIS || token == TokenKind.COMMA;
            case LIMIT -> token == TokenKind.LIMIT || token == TokenKind.OFFSET;
            default -> false;
        };
    }

    /** A minus between operands, not before one. */
    private boolean binaryMinus(TokenKind token) {
        return token == TokenKind.MINUS && token == previous && endsOperand(beforeSign);
    }

    private static boolean endsOperand(TokenKind token) {
        return token.word
                || token == TokenKind.RIGHT_PARENTHESIS
                || token == TokenKind.RIGHT_BRACKET
                || token == TokenKind.INTEGER_LITERAL
                || token == TokenKind.NUMERIC_LITERAL
                || token == TokenKind.PARAMETER_NUMBER;
    }

    boolean liftsString() {
        return switch (clauses[depth]) {
            case CONDITION -> isComparison(previous) || afterBetween(previous);
            case SET -> previous == TokenKind.EQUAL;
            case LIST -> previous == TokenKind.LEFT_PARENTHESIS || previous == TokenKind.COMMA;
            default -> false;
        };
    }

    private boolean afterBetween(TokenKind token) {
        return token == TokenKind.BETWEEN || token == TokenKind.AND && between;
    }

    private static boolean isComparison(TokenKind token) {
        return switch (token) {
            case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_EQUAL, GREATER_EQUAL -> true;
            default -> false;
        };
    }

    private static boolean isArithmetic(TokenKind token) {
        return switch (token) {
            case PLUS, MINUS, STAR, SLASH, PERCENT -> true;
            default -> false;
        };
    }

    /** Whether a string literal is an operand of its own, given what follows it. */
    static boolean mayFollowString(TokenKind token) {
        return switch (token) {
            case END_OF_INPUT,
                    SEMICOLON,
                    RIGHT_PARENTHESIS,
                    COMMA,
                    AND,
                    OR,
                    TYPE_CAST,
                    FROM,
                    WHERE,
                    GROUP,
                    HAVING,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    RETURNING,
                    ON,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    JOIN,
                    LEFT,
                    RIGHT,
                    INNER,
                    CROSS,
                    FULL -> true;
            default -> false;
        };
    }

    /** Whether a number may be followed by the token and stay one value with its sign. */
    static boolean mayFollowNumber(TokenKind token, boolean signed) {
        return switch (token) {
            case TYPE_CAST -> !signed;
            case COLLATE, AT, LEFT_BRACKET, DOT -> false;
            default -> true;
        };
    }

    /** Takes in a token, lifted or not. */
    void pass(TokenKind token) {
        if (PLAIN[token.ordinal()] && previous != TokenKind.AND) {
            beforeSign = previous;
            previous = token;
        } else {
            passSpecial(token);
        }
    }

    private void passSpecial(TokenKind token) {
        switch (token) {
            case LEFT_PARENTHESIS -> open(inParenthesis());
            case LEFT_BRACKET -> open(Clause.OPAQUE);
            case RIGHT_PARENTHESIS, RIGHT_BRACKET -> depth = Math.max(0, depth - 1);
            case BETWEEN -> between = true;
            case AND -> {
                if (previous != TokenKind.BETWEEN && between) {
                    beforeSign = previous;
                    previous = TokenKind.AND;
                    return;
                }
            }
            default -> {
                if (token.isKeyword() && previous != TokenKind.AS && previous != TokenKind.DOT) {
                    keyword(token);
                }
            }
        }
        if (previous == TokenKind.AND) {
            between = token == TokenKind.MINUS && between;
        }
        beforeSign = previous;
        previous = token;
    }

    private void open(Clause clause) {
        if (depth + 1 == MAXIMUM_DEPTH) {
            refused = true;
            return;
        }
        clauses[++depth] = clause;
    }

    private Clause inParenthesis() {
        Clause outer = clauses[depth];
        return switch (previous) {
            case IN -> outer == Clause.CONDITION || outer == Clause.LIST ? Clause.LIST : Clause.OPAQUE;
            case VALUES -> outer == Clause.INSERT_VALUES ? Clause.LIST : Clause.OPAQUE;
            case COMMA -> outer == Clause.INSERT_VALUES || outer == Clause.LIST ? Clause.LIST : outer;
            case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_EQUAL, GREATER_EQUAL ->
                outer == Clause.CONDITION || outer == Clause.SET ? Clause.LIST : outer;
            case AND, OR, NOT, WHERE, ON -> outer;
            default ->
                previous.word || previous == TokenKind.RIGHT_PARENTHESIS || previous == TokenKind.RIGHT_BRACKET
                        ? Clause.OPAQUE
                        : outer;
        };
    }

    private void keyword(TokenKind token) {
        Clause now = clauses[depth];
        switch (token) {
            case SELECT -> clauses[depth] = Clause.SELECT_LIST;
            case WITH -> clauses[depth] = atStatement() ? Clause.WITH : now;
            case INSERT, UPDATE, DELETE -> clauses[depth] = atStatement() ? Clause.TARGET : now;
            case MERGE -> refused |= atStatement();
            case INTO -> refused |= previous != TokenKind.INSERT;
            case FROM -> {
                if (previous != TokenKind.DISTINCT && now != Clause.OPAQUE) {
                    clauses[depth] = Clause.CONDITION;
                }
            }
            case SET -> clauses[depth] = now == Clause.TARGET ? Clause.SET : now;
            case VALUES -> clauses[depth] = now == Clause.TARGET ? Clause.INSERT_VALUES : Clause.OPAQUE;
            case WHERE -> clauses[depth] = now == Clause.WITH ? Clause.OPAQUE : condition(now);
            case LIMIT, OFFSET -> clauses[depth] = Clause.LIMIT;
            case CONFLICT -> clauses[depth] = Clause.OPAQUE;
            case DO -> clauses[depth] = Clause.TARGET;
            case GROUP, HAVING, WINDOW, ORDER, FETCH, FOR, UNION, INTERSECT, EXCEPT, RETURNING ->
                clauses[depth] = Clause.OPAQUE;
            default -> {}
        }
    }

    /** WHERE in ON CONFLICT's target or in FILTER tells which index or rows; elsewhere it is a condition. */
    private static Clause condition(Clause now) {
        return now == Clause.OPAQUE ? Clause.OPAQUE : Clause.CONDITION;
    }

    private boolean atStatement() {
        return previous == TokenKind.SEMICOLON
                || previous == TokenKind.LEFT_PARENTHESIS
                || (previous == TokenKind.RIGHT_PARENTHESIS && clauses[depth] == Clause.WITH);
    }
}
