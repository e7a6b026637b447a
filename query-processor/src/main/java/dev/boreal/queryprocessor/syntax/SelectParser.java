package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.GroupingElement;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.IntoTarget;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.Nested;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.Select;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.SetOperation;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of queries: SELECT, VALUES, TABLE, and the set operations, of which INTERSECT binds tightest. */
final class SelectParser {
    private static final int UNION_LEVEL = 1;
    private static final int INTERSECT_LEVEL = 2;

    private final TokenCursor tokens;
    private final Grammar grammar;
    private final QueryParser queries;

    SelectParser(Grammar grammar, QueryParser queries) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.queries = queries;
    }

    /** A body; {@link Nested} if it is a parenthesised query alone. */
    SelectBody body() {
        return climb(UNION_LEVEL);
    }

    /** Goes on after the first operand. */
    SelectBody continued(SelectBody first) {
        return extend(first, UNION_LEVEL);
    }

    private SelectBody climb(int minimum) {
        return extend(operand(), minimum);
    }

    private SelectBody extend(SelectBody first, int minimum) {
        SelectBody left = first;
        int depth = tokens.depth();
        while (true) {
            SetOperation.Kind kind = switch (tokens.kind()) {
                case UNION -> SetOperation.Kind.UNION;
                case EXCEPT -> SetOperation.Kind.EXCEPT;
                case INTERSECT -> SetOperation.Kind.INTERSECT;
                default -> null;
            };
            int level = kind == SetOperation.Kind.INTERSECT ? INTERSECT_LEVEL : UNION_LEVEL;
            if (kind == null || level < minimum) {
                tokens.leaveTo(depth);
                return left;
            }
            tokens.deepen(1);
            int position = tokens.position();
            tokens.advance();
            boolean all = tokens.accept(TokenKind.ALL);
            if (!all) {
                tokens.accept(TokenKind.DISTINCT);
            }
            SelectBody right = climb(level + 1);
            left = new SetOperation(kind, all, simplified(left), simplified(right), position);
        }
    }

    private static SelectBody simplified(SelectBody operand) {
        return operand instanceof Nested nested && nested.query().isBare()
                ? nested.query().body()
                : operand;
    }

    private SelectBody operand() {
        int position = tokens.position();
        return switch (tokens.kind()) {
            case SELECT -> {
                yield select(position);
            }
            case VALUES -> {
                yield values(position);
            }
            case TABLE -> {
                yield table(position);
            }
            case LEFT_PARENTHESIS -> {
                yield new Nested(queries.parenthesized(), position);
            }
            default -> throw tokens.syntaxError();
        };
    }

    private SelectBody values(int position) {
        tokens.advance();
        List<List<Expression>> rows = new ArrayList<>();
        do {
            rows.add(grammar.expressions.parenthesizedList());
        } while (tokens.accept(COMMA));
        return new SelectBody.Values(List.copyOf(rows), position);
    }

    private SelectBody table(int position) {
        tokens.advance();
        TableExpression table = grammar.from.relation();
        TargetItem star = new TargetItem(new Expression.Star(List.of(), position), null, position);
        return new Select(
                false,
                List.of(),
                List.of(star),
                null,
                List.of(table),
                null,
                List.of(),
                false,
                null,
                List.of(),
                position);
    }

    private Select select(int position) {
        tokens.advance();
        boolean distinct = false;
        List<Expression> distinctOn = List.of();
        if (tokens.accept(TokenKind.DISTINCT)) {
            distinct = true;
            if (tokens.accept(TokenKind.ON)) {
                distinctOn = grammar.expressions.parenthesizedList();
            }
        } else {
            tokens.accept(TokenKind.ALL);
        }
        List<TargetItem> targets = atTargetsEnd() && !distinct ? List.of() : targets();
        IntoTarget into = tokens.accept(TokenKind.INTO) ? into() : null;
        List<TableExpression> from = tokens.accept(TokenKind.FROM) ? grammar.from.list() : List.of();
        Expression where = tokens.accept(TokenKind.WHERE) ? grammar.expressions.expression() : null;
        List<GroupingElement> groupBy = List.of();
        boolean groupDistinct = false;
        if (tokens.accept(TokenKind.GROUP)) {
            tokens.expect(TokenKind.BY);
            groupDistinct = tokens.accept(TokenKind.DISTINCT);
            if (!groupDistinct) {
                tokens.accept(TokenKind.ALL);
            }
            groupBy = groupingElements();
        }
        Expression having = tokens.accept(TokenKind.HAVING) ? grammar.expressions.expression() : null;
        List<WindowDefinition> windows = grammar.windows.clause();
        return new Select(
                distinct, distinctOn, targets, into, from, where, groupBy, groupDistinct, having, windows, position);
    }

    private boolean atTargetsEnd() {
        return switch (tokens.kind()) {
            case INTO,
                    FROM,
                    WHERE,
                    GROUP,
                    HAVING,
                    WINDOW,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    ON,
                    RETURNING,
                    WITH,
                    RIGHT_PARENTHESIS,
                    SEMICOLON,
                    END_OF_INPUT -> true;
            default -> false;
        };
    }

    /** target_list. */
    List<TargetItem> targets() {
        List<TargetItem> targets = new ArrayList<>();
        do {
            targets.add(target());
        } while (tokens.accept(COMMA));
        return List.copyOf(targets);
    }

    private TargetItem target() {
        int position = tokens.position();
        if (tokens.accept(TokenKind.STAR)) {
            return new TargetItem(new Expression.Star(List.of(), position), null, position);
        }
        Expression expression = grammar.expressions.labelled();
        String label = null;
        if (tokens.accept(TokenKind.AS)) {
            label = tokens.columnLabel();
        } else if (tokens.kind().bareLabel) {
            label = tokens.columnLabel();
        }
        return new TargetItem(expression, label, position);
    }

    private IntoTarget into() {
        Persistence persistence = Persistence.PERMANENT;
        boolean temporary = tokens.accept(TokenKind.TEMPORARY) || tokens.accept(TokenKind.TEMP);
        if (!temporary && (tokens.is(TokenKind.LOCAL) || tokens.is(TokenKind.GLOBAL))) {
            TokenKind next = tokens.kind(1);
            if (next == TokenKind.TEMPORARY || next == TokenKind.TEMP) {
                tokens.advance();
                tokens.advance();
                temporary = true;
            }
        }
        if (temporary) {
            persistence = Persistence.TEMPORARY;
        } else if (tokens.accept(TokenKind.UNLOGGED)) {
            persistence = Persistence.UNLOGGED;
        }
        tokens.accept(TokenKind.TABLE);
        QualifiedName name = tokens.relationName();
        return new IntoTarget(name, persistence);
    }

    private List<GroupingElement> groupingElements() {
        List<GroupingElement> elements = new ArrayList<>();
        do {
            elements.add(groupingElement());
        } while (tokens.accept(COMMA));
        return List.copyOf(elements);
    }

    private GroupingElement groupingElement() {
        int position = tokens.position();
        if (tokens.accept(LEFT_PARENTHESIS, RIGHT_PARENTHESIS)) {
            return new GroupingElement.EmptyGroupingSet(position);
        }
        if (tokens.is(TokenKind.ROLLUP, LEFT_PARENTHESIS)) {
            tokens.advance();
            return new GroupingElement.Rollup(grammar.expressions.parenthesizedList(), position);
        }
        if (tokens.is(TokenKind.CUBE, LEFT_PARENTHESIS)) {
            tokens.advance();
            return new GroupingElement.Cube(grammar.expressions.parenthesizedList(), position);
        }
        if (tokens.accept(TokenKind.GROUPING, TokenKind.SETS)) {
            tokens.enter();
            tokens.expect(LEFT_PARENTHESIS);
            List<GroupingElement> sets = groupingElements();
            tokens.expect(RIGHT_PARENTHESIS);
            tokens.leave();
            return new GroupingElement.GroupingSets(sets, position);
        }
        return new GroupingElement.GroupingExpression(grammar.expressions.expression(), position);
    }

    /** RETURNING; empty if there is none. */
    List<TargetItem> returning() {
        return tokens.accept(TokenKind.RETURNING) ? targets() : List.of();
    }

    @Nullable Expression where() {
        return tokens.accept(TokenKind.WHERE) ? grammar.expressions.expression() : null;
    }
}
