package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.DOT;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_BRACKET;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.queryprocessor.syntax.tree.Alias;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Assignment;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Delete;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Insert;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.OnConflict;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Overriding;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Update;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class ModificationParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final SelectParser selects;
    private final IndexElementParser indexElements;

    ModificationParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.selects = new SelectParser(grammar, grammar.queries);
        this.indexElements = new IndexElementParser(grammar);
    }

    Insert insert(@Nullable WithClause with, int position) {
        tokens.expect(TokenKind.INSERT, TokenKind.INTO);
        QualifiedName name = tokens.relationName();
        Alias alias = tokens.accept(TokenKind.AS) ? new Alias(tokens.columnId(), List.of()) : null;
        TableExpression.Table target = new TableExpression.Table(name, false, alias, null, name.position());
        List<TargetColumn> columns = List.of();
        Overriding overriding = null;
        Query source = null;
        if (tokens.accept(TokenKind.DEFAULT)) {
            tokens.expect(TokenKind.VALUES);
        } else {
            if (tokens.is(LEFT_PARENTHESIS) && !atQueryInParentheses()) {
                columns = targetColumns();
            }
            overriding = overriding();
            source = grammar.statements.query();
        }
        OnConflict onConflict = onConflict();
        return new Insert(with, target, columns, overriding, source, onConflict, selects.returning(), position);
    }

    private boolean atQueryInParentheses() {
        return switch (tokens.kind(1)) {
            case SELECT, WITH, TABLE, LEFT_PARENTHESIS -> true;
            case VALUES -> tokens.kind(2) == LEFT_PARENTHESIS;
            default -> false;
        };
    }

    @Nullable Overriding overriding() {
        if (!tokens.accept(TokenKind.OVERRIDING)) {
            return null;
        }
        boolean user = tokens.accept(TokenKind.USER);
        if (!user) {
            tokens.expect(TokenKind.SYSTEM);
        }
        tokens.expect(TokenKind.VALUE);
        return user ? Overriding.USER_VALUE : Overriding.SYSTEM_VALUE;
    }

    /** {@code '(' insert_column_list ')'}, or the list of a multiple assignment. */
    List<TargetColumn> targetColumns() {
        tokens.expect(LEFT_PARENTHESIS);
        List<TargetColumn> columns = new ArrayList<>();
        do {
            columns.add(targetColumn());
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        return List.copyOf(columns);
    }

    private TargetColumn targetColumn() {
        int position = tokens.position();
        String name = tokens.columnId();
        if (!tokens.is(DOT) && !tokens.is(LEFT_BRACKET)) {
            return new TargetColumn(name, List.of(), position);
        }
        List<TargetColumn.Part> path = new ArrayList<>();
        while (true) {
            if (tokens.accept(DOT)) {
                path.add(new TargetColumn.Part(tokens.columnLabel(), null));
            } else if (tokens.is(LEFT_BRACKET)) {
                path.add(new TargetColumn.Part(null, grammar.primaries.index()));
            } else {
                return new TargetColumn(name, List.copyOf(path), position);
            }
        }
    }

    private @Nullable OnConflict onConflict() {
        int position = tokens.position();
        if (!tokens.accept(TokenKind.ON)) {
            return null;
        }
        tokens.expect(TokenKind.CONFLICT);
        List<IndexElement> inference = List.of();
        Expression inferenceWhere = null;
        String constraint = null;
        if (tokens.is(LEFT_PARENTHESIS)) {
            inference = indexElements.parenthesized();
            inferenceWhere = selects.where();
        } else if (tokens.accept(TokenKind.ON)) {
            tokens.expect(TokenKind.CONSTRAINT);
            constraint = tokens.columnId();
        }
        tokens.expect(TokenKind.DO);
        if (tokens.accept(TokenKind.NOTHING)) {
            return new OnConflict(inference, inferenceWhere, constraint, false, List.of(), null, position);
        }
        tokens.expect(TokenKind.UPDATE, TokenKind.SET);
        List<Assignment> assignments = assignments();
        return new OnConflict(inference, inferenceWhere, constraint, true, assignments, selects.where(), position);
    }

    List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>(2);
        do {
            int position = tokens.position();
            boolean multiple = tokens.is(LEFT_PARENTHESIS);
            List<TargetColumn> columns = multiple ? targetColumns() : List.of(targetColumn());
            tokens.expect(TokenKind.EQUAL);
            assignments.add(new Assignment(columns, multiple, grammar.expressions.expression(), position));
        } while (tokens.accept(COMMA));
        return List.copyOf(assignments);
    }

    Update update(@Nullable WithClause with, int position) {
        tokens.expect(TokenKind.UPDATE);
        TableExpression.Table target = grammar.from.target();
        tokens.expect(TokenKind.SET);
        List<Assignment> assignments = assignments();
        List<TableExpression> from = tokens.accept(TokenKind.FROM) ? grammar.from.list() : List.of();
        Expression where = whereOrCurrent();
        return new Update(with, target, assignments, from, where, selects.returning(), position);
    }

    Delete delete(@Nullable WithClause with, int position) {
        tokens.expect(TokenKind.DELETE, TokenKind.FROM);
        TableExpression.Table target = grammar.from.target();
        List<TableExpression> using = tokens.accept(TokenKind.USING) ? grammar.from.list() : List.of();
        Expression where = whereOrCurrent();
        List<TargetItem> returning = selects.returning();
        return new Delete(with, target, using, where, returning, position);
    }

    /** where_or_current_clause. */
    private @Nullable Expression whereOrCurrent() {
        if (!tokens.is(TokenKind.WHERE)) {
            return null;
        }
        if (tokens.kind(1) == TokenKind.CURRENT && tokens.kind(2) == TokenKind.OF) {
            tokens.advance();
            int position = tokens.position();
            tokens.advance();
            tokens.advance();
            return new Expression.CurrentOf(tokens.columnId(), position);
        }
        return selects.where();
    }
}
