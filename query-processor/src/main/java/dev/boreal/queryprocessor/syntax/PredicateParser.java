package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.Predicate.BooleanTest.Truth;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The predicates that follow their first operand: IS, BETWEEN, IN, LIKE, ILIKE, SIMILAR TO. */
final class PredicateParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final ExpressionParser expressions;

    PredicateParser(Grammar grammar, ExpressionParser expressions) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.expressions = expressions;
    }

    /** IS and what may follow it, ISNULL, NOTNULL. */
    Expression is(Expression left, boolean restricted) {
        int position = tokens.position();
        if (tokens.accept(TokenKind.ISNULL)) {
            return new Predicate.NullTest(left, false, position);
        }
        if (tokens.accept(TokenKind.NOTNULL)) {
            return new Predicate.NullTest(left, true, position);
        }
        tokens.expect(TokenKind.IS);
        boolean negated = tokens.accept(TokenKind.NOT);
        switch (tokens.kind()) {
            case DISTINCT -> {
                tokens.advance();
                tokens.expect(TokenKind.FROM);
                return new Predicate.DistinctTest(left, expressions.isOperand(restricted), negated, position);
            }
            case DOCUMENT -> {
                tokens.advance();
                return new Predicate.DocumentTest(left, negated, position);
            }
            default -> {
                if (restricted) {
                    throw tokens.syntaxError();
                }
            }
        }
        return state(left, negated, position);
    }

    private Expression state(Expression left, boolean negated, int position) {
        TokenKind kind = tokens.kind();
        return switch (kind) {
            case NULL -> {
                tokens.advance();
                yield new Predicate.NullTest(left, negated, position);
            }
            case TRUE, FALSE, UNKNOWN -> {
                tokens.advance();
                Truth truth =
                        kind == TokenKind.TRUE ? Truth.TRUE : kind == TokenKind.FALSE ? Truth.FALSE : Truth.UNKNOWN;
                yield new Predicate.BooleanTest(left, truth, negated, position);
            }
            case NORMALIZED -> {
                tokens.advance();
                yield new Predicate.NormalizedTest(left, null, negated, position);
            }
            case NFC, NFD, NFKC, NFKD -> {
                tokens.advance();
                tokens.expect(TokenKind.NORMALIZED);
                yield new Predicate.NormalizedTest(left, kind.name(), negated, position);
            }
            default -> throw tokens.syntaxError();
        };
    }

    /** Everything at the level of IN. */
    Expression membership(Expression left) {
        int position = tokens.position();
        boolean negated = tokens.accept(TokenKind.NOT);
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case BETWEEN -> between(left, negated, position);
            case IN -> in(left, negated, position);
            case LIKE -> like(Predicate.Like.Kind.LIKE, left, negated, position);
            case ILIKE -> like(Predicate.Like.Kind.ILIKE, left, negated, position);
            default -> {
                tokens.expect(TokenKind.TO);
                yield like(Predicate.Like.Kind.SIMILAR_TO, left, negated, position);
            }
        };
    }

    private Expression between(Expression left, boolean negated, int position) {
        boolean symmetric = tokens.accept(TokenKind.SYMMETRIC);
        if (!symmetric) {
            tokens.accept(TokenKind.ASYMMETRIC);
        }
        Expression lower = expressions.restricted();
        tokens.expect(TokenKind.AND);
        Expression upper = expressions.membershipOperand();
        return new Predicate.Between(left, lower, upper, symmetric, negated, position);
    }

    private Expression in(Expression left, boolean negated, int position) {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        Query query = grammar.queries.queryIfAny();
        if (query == null) {
            Expression first = expressions.expression();
            query = grammar.queries.continued(first);
            if (query == null) {
                return new Predicate.InList(left, rest(first), negated, position);
            }
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new Predicate.InSubquery(left, query, negated, position);
    }

    private List<Expression> rest(Expression first) {
        List<Expression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(TokenKind.COMMA)) {
            list.add(expressions.expression());
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(list);
    }

    private Expression like(Predicate.Like.Kind kind, Expression left, boolean negated, int position) {
        if (kind != Predicate.Like.Kind.SIMILAR_TO) {
            Predicate.@Nullable Quantifier quantifier = expressions.quantifier();
            if (quantifier != null) {
                String symbol = (negated ? "!~~" : "~~") + (kind == Predicate.Like.Kind.ILIKE ? "*" : "");
                return expressions.quantified(OperatorName.of(symbol), left, quantifier, position);
            }
        }
        Expression pattern = expressions.membershipOperand();
        Expression escape = tokens.accept(TokenKind.ESCAPE) ? expressions.membershipOperand() : null;
        return new Predicate.Like(kind, left, pattern, escape, negated, position);
    }
}
