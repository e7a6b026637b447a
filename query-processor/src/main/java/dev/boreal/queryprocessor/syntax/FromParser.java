package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.DOT;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.queryprocessor.syntax.tree.Alias;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.ColumnType;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Functions;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Join;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Subquery;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Table;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.TableFunction;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.TableSample;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FROM: tables, functions, subqueries and their joins. */
final class FromParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    FromParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** from_list. */
    List<TableExpression> list() {
        TableExpression first = tableReference();
        if (!tokens.is(COMMA)) {
            return List.of(first);
        }
        List<TableExpression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(COMMA)) {
            list.add(tableReference());
        }
        return List.copyOf(list);
    }

    /** table_ref: an item with all joins that follow it. */
    TableExpression tableReference() {
        tokens.enter();
        TableExpression result = joins(item());
        tokens.leave();
        return result;
    }

    private TableExpression joins(TableExpression first) {
        TableExpression left = first;
        int depth = tokens.depth();
        while (atJoin()) {
            tokens.deepen(1);
            left = join(left);
        }
        tokens.leaveTo(depth);
        return left;
    }

    private boolean atJoin() {
        return switch (tokens.kind()) {
            case JOIN, CROSS, NATURAL, INNER, LEFT, RIGHT, FULL -> true;
            default -> false;
        };
    }

    private TableExpression join(TableExpression left) {
        int position = tokens.position();
        if (tokens.accept(TokenKind.CROSS)) {
            tokens.expect(TokenKind.JOIN);
            return new Join(Join.Kind.CROSS, left, item(), false, null, null, null, null, position);
        }
        boolean natural = tokens.accept(TokenKind.NATURAL);
        Join.Kind kind = kind();
        tokens.expect(TokenKind.JOIN);
        if (natural) {
            return new Join(kind, left, item(), true, null, null, null, null, position);
        }
        TableExpression right = item();
        tokens.enter();
        while (atJoin()) {
            right = join(right);
        }
        tokens.leave();
        if (tokens.accept(TokenKind.USING)) {
            List<String> columns = tokens.parenthesizedNames();
            String alias = tokens.accept(TokenKind.AS) ? tokens.columnId() : null;
            return new Join(kind, left, right, false, columns, alias, null, null, position);
        }
        tokens.expect(TokenKind.ON);
        Expression on = grammar.expressions.expression();
        return new Join(kind, left, right, false, null, null, on, null, position);
    }

    private Join.Kind kind() {
        Join.Kind kind = switch (tokens.kind()) {
            case LEFT -> Join.Kind.LEFT;
            case RIGHT -> Join.Kind.RIGHT;
            case FULL -> Join.Kind.FULL;
            default -> Join.Kind.INNER;
        };
        if (kind != Join.Kind.INNER) {
            tokens.advance();
            tokens.accept(TokenKind.OUTER);
        } else {
            tokens.accept(TokenKind.INNER);
        }
        return kind;
    }

    /** One item, without joins that follow it. */
    private TableExpression item() {
        int position = tokens.position();
        boolean lateral = tokens.accept(TokenKind.LATERAL);
        if (tokens.is(LEFT_PARENTHESIS)) {
            return lateral ? subquery(grammar.queries.parenthesized(), true, position) : parenthesized(position);
        }
        if (tokens.is(TokenKind.ROWS, TokenKind.FROM)) {
            return rowsFrom(lateral, position);
        }
        if (tokens.is(TokenKind.XMLTABLE, LEFT_PARENTHESIS)) {
            throw SyntaxErrors.unsupported("XMLTABLE", position);
        }
        if (grammar.functions.atSpecial() || atFunction()) {
            Expression call = grammar.functions.windowless();
            boolean ordinality = ordinality();
            return functions(List.of(new TableFunction(call, List.of())), false, lateral, ordinality, position);
        }
        if (tokens.kind().typeFunctionName && !tokens.kind().columnId) {
            throw tokens.syntaxErrorAt(1);
        }
        if (lateral) {
            throw tokens.kind().columnId ? tokens.syntaxErrorAt(1) : tokens.syntaxError();
        }
        Table table = relation();
        Alias alias = alias();
        TableSample sample = tokens.is(TokenKind.TABLESAMPLE) ? sample() : null;
        return alias == null && sample == null
                ? table
                : new Table(table.name(), table.only(), alias, sample, table.position());
    }

    private boolean atFunction() {
        if (tokens.kind().typeFunctionName && tokens.kind(1) == LEFT_PARENTHESIS) {
            return true;
        }
        if (!tokens.kind().columnId || tokens.is(TokenKind.ONLY)) {
            return false;
        }
        int i = 1;
        while (tokens.kind(i) == DOT && tokens.kind(i + 1).word) {
            i += 2;
        }
        return i > 1 && tokens.kind(i) == LEFT_PARENTHESIS;
    }

    /** Either what {@code '('} begins: a subquery, or a join in parentheses. */
    private TableExpression parenthesized(int position) {
        Object inner = queryOrJoin();
        if (inner instanceof Query query) {
            return subquery(query, false, position);
        }
        Join join = (Join) inner;
        Alias alias = alias();
        return alias == null
                ? join
                : new Join(
                        join.kind(),
                        join.left(),
                        join.right(),
                        join.natural(),
                        join.using(),
                        join.usingAlias(),
                        join.on(),
                        alias,
                        join.position());
    }

    /** What stands in parentheses, which are read: a {@link Query} or a {@link Join}; which of them shows late. */
    private Object queryOrJoin() {
        tokens.enter();
        int position = tokens.position(1);
        tokens.expect(LEFT_PARENTHESIS);
        Object result = grammar.queries.queryIfAny();
        if (result == null && tokens.is(LEFT_PARENTHESIS)) {
            result = afterParenthesis(queryOrJoin(), position);
        } else if (result == null) {
            result = requireJoin(joins(item()));
        }
        tokens.expect(RIGHT_PARENTHESIS);
        tokens.leave();
        return result;
    }

    private Object afterParenthesis(Object inner, int position) {
        if (inner instanceof Query query) {
            return grammar.queries.mayContinue()
                    ? grammar.queries.continued(query, position)
                    : requireJoin(joins(subquery(query, false, position)));
        }
        Join join = (Join) inner;
        Alias alias = alias();
        TableExpression left = alias == null
                ? join
                : new Join(
                        join.kind(),
                        join.left(),
                        join.right(),
                        join.natural(),
                        join.using(),
                        join.usingAlias(),
                        join.on(),
                        alias,
                        join.position());
        if (alias == null && tokens.is(RIGHT_PARENTHESIS)) {
            return left;
        }
        return requireJoin(joins(left));
    }

    private TableExpression requireJoin(TableExpression item) {
        if (item instanceof Join join && join.alias() == null) {
            return join;
        }
        throw tokens.syntaxError();
    }

    private Subquery subquery(Query query, boolean lateral, int position) {
        return new Subquery(query, lateral, alias(), position);
    }

    /** relation_expr. */
    Table relation() {
        int position = tokens.position();
        if (tokens.accept(TokenKind.ONLY)) {
            boolean parenthesis = tokens.accept(LEFT_PARENTHESIS);
            QualifiedName name = tokens.relationName();
            if (parenthesis) {
                tokens.expect(RIGHT_PARENTHESIS);
            }
            return new Table(name, true, null, null, position);
        }
        QualifiedName name = tokens.relationName();
        tokens.accept(TokenKind.STAR);
        return Table.of(name);
    }

    /** relation_expr_opt_alias: of UPDATE, DELETE and MERGE, where SET is no alias. */
    Table target() {
        Table table = relation();
        Alias alias = null;
        if (tokens.accept(TokenKind.AS)) {
            alias = new Alias(tokens.columnId(), List.of());
        } else if (tokens.kind().columnId && !tokens.is(TokenKind.SET)) {
            alias = new Alias(tokens.columnId(), List.of());
        }
        return alias == null ? table : new Table(table.name(), table.only(), alias, null, table.position());
    }

    /** opt_alias_clause. */
    private @Nullable Alias alias() {
        if (!tokens.accept(TokenKind.AS) && !tokens.kind().columnId) {
            return null;
        }
        String name = tokens.columnId();
        return new Alias(name, tokens.optionalParenthesizedNames());
    }

    private TableSample sample() {
        tokens.expect(TokenKind.TABLESAMPLE);
        int position = tokens.position();
        QualifiedName method =
                tokens.kind().columnId ? tokens.anyName() : QualifiedName.of(tokens.typeFunctionName(), position);
        List<Expression> arguments = grammar.expressions.parenthesizedList();
        Expression repeatable = null;
        if (tokens.accept(TokenKind.REPEATABLE)) {
            tokens.expect(LEFT_PARENTHESIS);
            repeatable = grammar.expressions.expression();
            tokens.expect(RIGHT_PARENTHESIS);
        }
        return new TableSample(method, arguments, repeatable, position);
    }

    private boolean ordinality() {
        return tokens.accept(TokenKind.WITH, TokenKind.ORDINALITY);
    }

    private TableExpression rowsFrom(boolean lateral, int position) {
        tokens.advance();
        tokens.advance();
        tokens.expect(LEFT_PARENTHESIS);
        List<TableFunction> functions = new ArrayList<>();
        do {
            Expression call = grammar.functions.windowless();
            List<ColumnType> columns = tokens.accept(TokenKind.AS) ? columnTypes() : List.of();
            functions.add(new TableFunction(call, columns));
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        boolean ordinality = ordinality();
        return functions(List.copyOf(functions), true, lateral, ordinality, position);
    }

    private TableExpression functions(
            List<TableFunction> functions, boolean rowsFrom, boolean lateral, boolean ordinality, int position) {
        Alias alias = null;
        List<ColumnType> columns = List.of();
        boolean as = tokens.accept(TokenKind.AS);
        if (as && tokens.is(LEFT_PARENTHESIS)) {
            columns = columnTypes();
        } else if (as || tokens.kind().columnId) {
            String name = tokens.columnId();
            if (atColumnTypes()) {
                columns = columnTypes();
                alias = new Alias(name, List.of());
            } else {
                alias = new Alias(name, tokens.optionalParenthesizedNames());
            }
        }
        return new Functions(functions, rowsFrom, lateral, ordinality, alias, columns, position);
    }

    private boolean atColumnTypes() {
        return tokens.is(LEFT_PARENTHESIS)
                && tokens.kind(1).columnId
                && tokens.kind(2) != COMMA
                && tokens.kind(2) != RIGHT_PARENTHESIS;
    }

    private List<ColumnType> columnTypes() {
        tokens.expect(LEFT_PARENTHESIS);
        List<ColumnType> columns = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = tokens.columnId();
            TypeName type = grammar.types.type();
            QualifiedName collation = tokens.accept(TokenKind.COLLATE) ? tokens.anyName() : null;
            columns.add(new ColumnType(name, type, collation, position));
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        return List.copyOf(columns);
    }
}
