package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.DOT;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_BRACKET;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_BRACKET;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.STRING;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.ArrayConstructor;
import dev.boreal.queryprocessor.syntax.tree.Expression.ArraySubquery;
import dev.boreal.queryprocessor.syntax.tree.Expression.Case;
import dev.boreal.queryprocessor.syntax.tree.Expression.ColumnReference;
import dev.boreal.queryprocessor.syntax.tree.Expression.FieldSelection;
import dev.boreal.queryprocessor.syntax.tree.Expression.FieldStar;
import dev.boreal.queryprocessor.syntax.tree.Expression.ParameterReference;
import dev.boreal.queryprocessor.syntax.tree.Expression.RowConstructor;
import dev.boreal.queryprocessor.syntax.tree.Expression.ScalarSubquery;
import dev.boreal.queryprocessor.syntax.tree.Expression.Star;
import dev.boreal.queryprocessor.syntax.tree.Expression.Subscript;
import dev.boreal.queryprocessor.syntax.tree.Expression.TypeCast;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators join: c_expr of PostgreSQL's grammar. */
final class PrimaryParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    PrimaryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Expression primary() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        return switch (kind) {
            case IDENTIFIER -> {
                yield named(position);
            }
            case INTEGER_LITERAL -> {
                yield new Literal.IntegerLiteral(tokens.integer(), position);
            }
            case NUMERIC_LITERAL -> {
                yield new Literal.NumericLiteral(tokens.number(), position);
            }
            case STRING -> {
                yield new Literal.StringLiteral(tokens.string(), position);
            }
            case BIT_STRING, HEXADECIMAL_STRING -> {
                yield new Literal.BitStringLiteral(kind == TokenKind.HEXADECIMAL_STRING, tokens.bits(), position);
            }
            case PARAMETER_NUMBER -> {
                yield indirection(new ParameterReference(tokens.parameter(), position));
            }
            case LEFT_PARENTHESIS -> {
                yield parenthesized(position);
            }
            case NULL -> {
                tokens.advance();
                yield new Literal.NullLiteral(position);
            }
            case TRUE, FALSE -> {
                tokens.advance();
                yield new Literal.BooleanLiteral(kind == TokenKind.TRUE, position);
            }
            case CASE -> {
                yield caseExpression(position);
            }
            case ARRAY -> {
                yield array(position);
            }
            default -> {
                yield keyword(kind, position);
            }
        };
    }

    private Expression keyword(TokenKind kind, int position) {
        boolean call = tokens.kind(1) == LEFT_PARENTHESIS;
        if (call && kind == TokenKind.EXISTS) {
            tokens.advance();
            return new Predicate.Exists(grammar.queries.parenthesized(), position);
        }
        if (call && kind == TokenKind.ROW) {
            return overlaps(explicitRow(position), position);
        }
        if (call && kind == TokenKind.GROUPING) {
            tokens.advance();
            return new Expression.Grouping(grammar.expressions.parenthesizedList(), position);
        }
        Expression special = grammar.functions.special(kind, position);
        if (special != null) {
            return special;
        }
        Expression constant = typedLiteral(kind, position);
        return constant != null ? constant : named(position);
    }

    /** A constant whose type is a keyword: {@code timestamp '...'}, {@code interval '...' day}; null if there is none here. */
    private @Nullable Expression typedLiteral(TokenKind kind, int position) {
        if (kind == TokenKind.INTERVAL && (tokens.kind(1) == STRING || tokens.kind(1) == LEFT_PARENTHESIS)) {
            return interval(position);
        }
        if (!grammar.types.atKeywordType() || !typeGoesOn(kind, tokens.kind(1), tokens.kind(2))) {
            return null;
        }
        TypeName type = grammar.types.constantType();
        int textPosition = tokens.position();
        Literal text = new Literal.StringLiteral(tokens.string(), textPosition);
        return type == null ? text : new TypeCast(text, type, position);
    }

    private static boolean typeGoesOn(TokenKind kind, TokenKind next, TokenKind afterNext) {
        return switch (next) {
            case STRING -> true;
            case LEFT_PARENTHESIS ->
                kind != TokenKind.INT
                        && kind != TokenKind.INTEGER
                        && kind != TokenKind.SMALLINT
                        && kind != TokenKind.BIGINT
                        && kind != TokenKind.REAL
                        && kind != TokenKind.BOOLEAN;
            case VARYING ->
                kind == TokenKind.BIT
                        || kind == TokenKind.CHARACTER
                        || kind == TokenKind.CHAR
                        || kind == TokenKind.NCHAR;
            case CHARACTER, CHAR -> kind == TokenKind.NATIONAL;
            case PRECISION -> kind == TokenKind.DOUBLE;
            case WITH, WITHOUT ->
                (kind == TokenKind.TIME || kind == TokenKind.TIMESTAMP) && afterNext == TokenKind.TIME;
            default -> false;
        };
    }

    private Expression interval(int position) {
        tokens.advance();
        Integer precision = tokens.is(LEFT_PARENTHESIS) ? grammar.types.parenthesizedInteger() : null;
        int textPosition = tokens.position();
        Literal text = new Literal.StringLiteral(tokens.string(), textPosition);
        TypeName type = precision == null
                ? grammar.types.intervalWithFields(position)
                : grammar.types.interval(null, precision, position);
        return new TypeCast(text, type, position);
    }

    /** A column, a function call, or a constant of a named type. */
    private Expression named(int position) {
        TokenKind kind = tokens.kind();
        TokenKind next = tokens.kind(1);
        if (kind.typeFunctionName) {
            if (next == LEFT_PARENTHESIS) {
                String name = tokens.typeFunctionName();
                return grammar.functions.call(QualifiedName.of(name, position), true);
            }
            if (next == STRING) {
                return literalOf(QualifiedName.of(tokens.typeFunctionName(), position));
            }
            if (!kind.columnId) {
                throw tokens.syntaxErrorAt(1);
            }
        }
        String first = tokens.columnId();
        if (next == DOT) {
            return qualified(first, position);
        }
        ColumnReference column = new ColumnReference(List.of(first), position);
        return next == LEFT_BRACKET ? indirection(column) : column;
    }

    private Expression qualified(String first, int position) {
        List<String> parts = new ArrayList<>(3);
        parts.add(first);
        while (tokens.accept(DOT)) {
            if (tokens.accept(TokenKind.STAR)) {
                requireLast();
                return new Star(List.copyOf(parts), position);
            }
            parts.add(tokens.columnLabel());
        }
        List<String> name = List.copyOf(parts);
        return switch (tokens.kind()) {
            case LEFT_PARENTHESIS -> grammar.functions.call(new QualifiedName(name, position), true);
            case STRING -> literalOf(new QualifiedName(name, position));
            case LEFT_BRACKET -> indirection(new ColumnReference(name, position));
            default -> new ColumnReference(name, position);
        };
    }

    private Expression literalOf(QualifiedName type) {
        int position = tokens.position();
        Literal text = new Literal.StringLiteral(tokens.string(), position);
        return new TypeCast(
                text, new TypeName(type, List.of(), List.of(), false, false, type.position()), type.position());
    }

    /** Fields and subscripts behind an expression. */
    Expression indirection(Expression base) {
        Expression result = base;
        while (true) {
            int position = tokens.position();
            if (tokens.is(LEFT_BRACKET)) {
                tokens.deepen(1);
                result = new Subscript(result, indexes(), position);
            } else if (tokens.accept(DOT)) {
                tokens.deepen(1);
                if (tokens.accept(TokenKind.STAR)) {
                    requireLast();
                    return new FieldStar(result, position);
                }
                result = new FieldSelection(result, tokens.columnLabel(), position);
            } else {
                return result;
            }
        }
    }

    /** A star ends what it stands in; PostgreSQL complains where that ends. */
    private void requireLast() {
        if (tokens.is(DOT) || tokens.is(LEFT_BRACKET)) {
            indirection(new ParameterReference(1, 0));
            throw tokens.errorNear("improper use of \"*\"");
        }
    }

    private List<Subscript.Index> indexes() {
        List<Subscript.Index> indexes = new ArrayList<>(1);
        while (tokens.is(LEFT_BRACKET)) {
            indexes.add(index());
        }
        return List.copyOf(indexes);
    }

    /** One pair of brackets. */
    Subscript.Index index() {
        tokens.expect(LEFT_BRACKET);
        Expression lower = tokens.is(TokenKind.COLON) ? null : grammar.expressions.expression();
        if (!tokens.accept(TokenKind.COLON)) {
            tokens.expect(RIGHT_BRACKET);
            return new Subscript.Index(false, null, lower);
        }
        Expression upper = tokens.is(RIGHT_BRACKET) ? null : grammar.expressions.expression();
        tokens.expect(RIGHT_BRACKET);
        return new Subscript.Index(true, lower, upper);
    }

    private Expression parenthesized(int position) {
        tokens.expect(LEFT_PARENTHESIS);
        Query query = grammar.queries.queryIfAny();
        if (query == null) {
            Expression first = grammar.expressions.expression();
            query = grammar.queries.continued(first);
            if (query == null) {
                if (tokens.is(COMMA)) {
                    return overlaps(new RowConstructor(rest(first), false, position), position);
                }
                tokens.expect(RIGHT_PARENTHESIS);
                return indirection(first);
            }
        }
        tokens.expect(RIGHT_PARENTHESIS);
        return indirection(new ScalarSubquery(query, position));
    }

    private List<Expression> rest(Expression first) {
        List<Expression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(COMMA)) {
            list.add(grammar.expressions.expression());
        }
        tokens.expect(RIGHT_PARENTHESIS);
        return List.copyOf(list);
    }

    private RowConstructor explicitRow(int position) {
        tokens.advance();
        tokens.expect(LEFT_PARENTHESIS);
        List<Expression> fields = tokens.is(RIGHT_PARENTHESIS) ? List.of() : grammar.expressions.expressionList();
        tokens.expect(RIGHT_PARENTHESIS);
        return new RowConstructor(fields, true, position);
    }

    /** {@code row OVERLAPS row}, if that is what follows the row. */
    private Expression overlaps(RowConstructor left, int start) {
        if (!tokens.is(TokenKind.OVERLAPS)) {
            return left;
        }
        int position = tokens.position();
        tokens.advance();
        RowConstructor right = row();
        requirePair(left, "left", start);
        requirePair(right, "right", right.position());
        List<Expression> arguments = new ArrayList<>(left.fields());
        arguments.addAll(right.fields());
        return FunctionCall.of(
                new QualifiedName(List.of("pg_catalog", "overlaps"), position),
                List.copyOf(arguments),
                FunctionCall.Syntax.OVERLAPS,
                position);
    }

    private RowConstructor row() {
        int position = tokens.position();
        if (tokens.is(TokenKind.ROW)) {
            return explicitRow(position);
        }
        tokens.expect(LEFT_PARENTHESIS);
        Expression first = grammar.expressions.expression();
        if (!tokens.is(COMMA)) {
            throw tokens.syntaxError();
        }
        return new RowConstructor(rest(first), false, position);
    }

    private static void requirePair(RowConstructor row, String side, int position) {
        if (row.fields().size() != 2) {
            throw SyntaxErrors.at("wrong number of parameters on " + side + " side of OVERLAPS expression", position);
        }
    }

    private Expression caseExpression(int position) {
        tokens.expect(TokenKind.CASE);
        Expression operand = tokens.is(TokenKind.WHEN) ? null : grammar.expressions.expression();
        List<Case.When> whens = new ArrayList<>();
        do {
            int start = tokens.position();
            tokens.expect(TokenKind.WHEN);
            Expression condition = grammar.expressions.expression();
            tokens.expect(TokenKind.THEN);
            whens.add(new Case.When(condition, grammar.expressions.expression(), start));
        } while (tokens.is(TokenKind.WHEN));
        Expression otherwise = tokens.accept(TokenKind.ELSE) ? grammar.expressions.expression() : null;
        tokens.expect(TokenKind.END);
        return new Case(operand, List.copyOf(whens), otherwise, position);
    }

    private Expression array(int position) {
        tokens.expect(TokenKind.ARRAY);
        if (tokens.is(LEFT_PARENTHESIS)) {
            return new ArraySubquery(grammar.queries.parenthesized(), position);
        }
        return arrayElements(position);
    }

    private ArrayConstructor arrayElements(int position) {
        tokens.expect(LEFT_BRACKET);
        tokens.enter();
        List<Expression> elements = new ArrayList<>();
        if (tokens.is(LEFT_BRACKET)) {
            do {
                elements.add(arrayElements(tokens.position()));
            } while (tokens.accept(COMMA));
        } else if (!tokens.is(RIGHT_BRACKET)) {
            elements.addAll(grammar.expressions.expressionList());
        }
        tokens.expect(RIGHT_BRACKET);
        tokens.leave();
        return new ArrayConstructor(List.copyOf(elements), position);
    }
}
