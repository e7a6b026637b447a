package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.ScalarSubquery;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.Query.LockStrength;
import dev.boreal.queryprocessor.syntax.tree.Query.LockWait;
import dev.boreal.queryprocessor.syntax.tree.Query.LockingClause;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries as a whole: WITH, the body, and the clauses behind it. */
final class QueryParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final SelectParser selects;
    private final WithParser with;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.selects = new SelectParser(grammar, this);
        this.with = new WithParser(grammar);
    }

    /** Whether a query begins here without a parenthesis. */
    boolean atQuery() {
        return switch (tokens.kind()) {
            case SELECT, WITH, TABLE -> true;
            case VALUES -> tokens.kind(1) == LEFT_PARENTHESIS;
            default -> false;
        };
    }

    /** A query if one begins here without a parenthesis, else null. */
    @Nullable Query queryIfAny() {
        return atQuery() ? query() : null;
    }

    /** {@code '(' query ')'}, with any number of parentheses. */
    Query parenthesized() {
        tokens.expect(LEFT_PARENTHESIS);
        if (!atQuery() && !tokens.is(LEFT_PARENTHESIS) && !tokens.is(TokenKind.VALUES)) {
            throw tokens.syntaxError();
        }
        Query query = query();
        tokens.expect(RIGHT_PARENTHESIS);
        return query;
    }

    /** SelectStmt. */
    Query query() {
        int position = tokens.position();
        WithClause clause = tokens.is(TokenKind.WITH) ? with.clause() : null;
        return query(clause, position);
    }

    /** A query whose WITH was read. */
    Query query(@Nullable WithClause clause, int position) {
        tokens.enter();
        Query query = finish(clause, selects.body(), position);
        tokens.leave();
        return query;
    }

    WithClause withClause() {
        return with.clause();
    }

    /**
     * What was read as an expression in parentheses may be the first operand of a query: {@code ((SELECT 1) UNION SELECT 2)}, or that query alone.
     *
     * @return the query, null if the expression is none
     */
    @Nullable Query continued(Expression first) {
        return first instanceof ScalarSubquery subquery && mayContinue()
                ? continued(subquery.query(), subquery.position())
                : null;
    }

    /** Whether what follows a query in parentheses makes it part of a larger query, or ends that. */
    boolean mayContinue() {
        return switch (tokens.kind()) {
            case RIGHT_PARENTHESIS, UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR -> true;
            default -> false;
        };
    }

    /** Goes on with a query that was read in parentheses: a set operation, or ORDER BY and so on. */
    Query continued(Query first, int position) {
        return finish(null, selects.continued(new SelectBody.Nested(first, position)), position);
    }

    private Query finish(@Nullable WithClause clause, SelectBody body, int position) {
        int sortPosition = tokens.position();
        List<SortItem> orderBy = tokens.is(TokenKind.ORDER) ? orderBy() : List.of();
        List<LockingClause> locking = locking();
        Limits limits = new Limits();
        limits.read();
        if (locking.isEmpty()) {
            locking = locking();
        }
        if (body instanceof SelectBody.Nested nested) {
            return merge(nested.query(), clause, orderBy, limits, locking, sortPosition);
        }
        return new Query(
                clause,
                body,
                orderBy,
                limits.limit,
                checkedTies(limits.withTies, orderBy, locking, limits.position),
                limits.offset,
                locking,
                position);
    }

    /** Clauses behind a parenthesised query belong to it, as long as it does not have them already. */
    private static Query merge(
            Query inner,
            @Nullable WithClause clause,
            List<SortItem> orderBy,
            Limits limits,
            List<LockingClause> locking,
            int sortPosition) {
        if (!orderBy.isEmpty() && !inner.orderBy().isEmpty()) {
            throw SyntaxErrors.at(
                    "multiple ORDER BY clauses not allowed", orderBy.getFirst().position());
        }
        if (limits.offset != null && inner.offset() != null) {
            throw SyntaxErrors.at("multiple OFFSET clauses not allowed", limits.offsetPosition);
        }
        if (limits.limit != null && inner.limit() != null) {
            throw SyntaxErrors.at("multiple LIMIT clauses not allowed", limits.limitPosition);
        }
        if (clause != null && inner.with() != null) {
            throw SyntaxErrors.at("multiple WITH clauses not allowed", clause.position());
        }
        List<SortItem> sort = orderBy.isEmpty() ? inner.orderBy() : orderBy;
        List<LockingClause> locks = new ArrayList<>(inner.locking());
        locks.addAll(locking);
        boolean ties = limits.limit == null ? inner.withTies() : limits.withTies;
        return new Query(
                clause == null ? inner.with() : clause,
                inner.body(),
                sort,
                limits.limit == null ? inner.limit() : limits.limit,
                checkedTies(ties, sort, locks, limits.position == 0 ? sortPosition : limits.position),
                limits.offset == null ? inner.offset() : limits.offset,
                List.copyOf(locks),
                inner.position());
    }

    private static boolean checkedTies(
            boolean ties, List<SortItem> orderBy, List<LockingClause> locking, int position) {
        if (ties && orderBy.isEmpty()) {
            throw SyntaxErrors.at("WITH TIES cannot be specified without ORDER BY clause", position);
        }
        if (ties) {
            for (LockingClause lock : locking) {
                if (lock.waiting() == LockWait.SKIP_LOCKED) {
                    throw SyntaxErrors.at("SKIP LOCKED and WITH TIES options cannot be used together", position);
                }
            }
        }
        return ties;
    }

    /** {@code ORDER BY ...}. */
    List<SortItem> orderBy() {
        tokens.expect(TokenKind.ORDER, TokenKind.BY);
        List<SortItem> items = new ArrayList<>(2);
        do {
            items.add(sortItem());
        } while (tokens.accept(COMMA));
        return List.copyOf(items);
    }

    private SortItem sortItem() {
        int position = tokens.position();
        Expression expression = grammar.expressions.expression();
        if (tokens.accept(TokenKind.USING)) {
            OperatorName operator = grammar.expressions.operators().operator();
            return new SortItem(expression, SortItem.Direction.USING, operator, nulls(), position);
        }
        SortItem.Direction direction = direction();
        return new SortItem(expression, direction, null, nulls(), position);
    }

    SortItem.Direction direction() {
        if (tokens.accept(TokenKind.ASC)) {
            return SortItem.Direction.ASCENDING;
        }
        return tokens.accept(TokenKind.DESC) ? SortItem.Direction.DESCENDING : SortItem.Direction.DEFAULT;
    }

    SortItem.Nulls nulls() {
        if (tokens.accept(TokenKind.NULLS, TokenKind.FIRST)) {
            return SortItem.Nulls.FIRST;
        }
        return tokens.accept(TokenKind.NULLS, TokenKind.LAST) ? SortItem.Nulls.LAST : SortItem.Nulls.DEFAULT;
    }

    /** LIMIT, OFFSET and FETCH in either order. */
    private final class Limits {
        @Nullable Expression limit;

        @Nullable Expression offset;

        boolean withTies;
        int position;
        int limitPosition;
        int offsetPosition;
        private boolean limited;

        void read() {
            position = tokens.position();
            boolean more = true;
            while (more) {
                more = switch (tokens.kind()) {
                    case LIMIT -> !limited && readLimit();
                    case FETCH -> !limited && readFetch();
                    case OFFSET -> offset == null && readOffset();
                    default -> false;
                };
            }
        }

        private boolean readLimit() {
            int start = tokens.position();
            tokens.advance();
            limited = true;
            limitPosition = tokens.position();
            if (!tokens.accept(TokenKind.ALL)) {
                Expression value = grammar.expressions.expression();
                limit = value instanceof Literal.NullLiteral ? null : value;
            }
            if (tokens.is(COMMA)) {
                tokens.advance();
                grammar.expressions.expression();
                throw SyntaxErrors.withHint(
                        "LIMIT #,# syntax is not supported", "Use separate LIMIT and OFFSET clauses.", start);
            }
            return true;
        }

        private boolean readFetch() {
            tokens.advance();
            limited = true;
            if (!tokens.accept(TokenKind.FIRST)) {
                tokens.expect(TokenKind.NEXT);
            }
            limitPosition = tokens.position();
            limit = atRows() ? new Literal.IntegerLiteral(1, 0) : count();
            if (!atRows()) {
                throw tokens.syntaxError();
            }
            tokens.advance();
            if (!tokens.accept(TokenKind.ONLY)) {
                position = tokens.position();
                tokens.expect(TokenKind.WITH, TokenKind.TIES);
                withTies = true;
            }
            return true;
        }

        private boolean readOffset() {
            tokens.advance();
            offsetPosition = tokens.position();
            offset = grammar.expressions.expression();
            if (atRows()) {
                tokens.advance();
            }
            return true;
        }

        private boolean atRows() {
            return tokens.is(TokenKind.ROWS) || (tokens.is(TokenKind.ROW) && tokens.kind(1) != LEFT_PARENTHESIS);
        }

        /** select_fetch_first_value. */
        private Expression count() {
            int start = tokens.position();
            if (tokens.is(TokenKind.PLUS) || tokens.is(TokenKind.MINUS)) {
                String digits = tokens.signedNumber();
                return digits.length() <= 10 && digits.indexOf('.') < 0 && digits.indexOf('e') < 0
                        ? new Literal.IntegerLiteral(Integer.parseInt(digits), start)
                        : new Literal.NumericLiteral(digits, start);
            }
            return grammar.primaries.primary();
        }
    }

    private List<LockingClause> locking() {
        if (!tokens.is(TokenKind.FOR)) {
            return List.of();
        }
        List<LockingClause> clauses = new ArrayList<>(1);
        if (tokens.kind(1) == TokenKind.READ) {
            tokens.advance();
            tokens.advance();
            tokens.expect(TokenKind.ONLY);
            return List.of();
        }
        while (tokens.is(TokenKind.FOR)) {
            int position = tokens.position();
            tokens.advance();
            LockStrength strength = strength();
            List<QualifiedName> tables = tokens.accept(TokenKind.OF) ? tokens.relationNames() : List.of();
            clauses.add(new LockingClause(strength, tables, waiting(), position));
        }
        return List.copyOf(clauses);
    }

    private LockStrength strength() {
        if (tokens.accept(TokenKind.UPDATE)) {
            return LockStrength.UPDATE;
        }
        if (tokens.accept(TokenKind.SHARE)) {
            return LockStrength.SHARE;
        }
        if (tokens.accept(TokenKind.NO)) {
            tokens.expect(TokenKind.KEY, TokenKind.UPDATE);
            return LockStrength.NO_KEY_UPDATE;
        }
        tokens.expect(TokenKind.KEY, TokenKind.SHARE);
        return LockStrength.KEY_SHARE;
    }

    private LockWait waiting() {
        if (tokens.accept(TokenKind.NOWAIT)) {
            return LockWait.NOWAIT;
        }
        if (tokens.accept(TokenKind.SKIP)) {
            tokens.expect(TokenKind.LOCKED);
            return LockWait.SKIP_LOCKED;
        }
        return LockWait.BLOCK;
    }
}
