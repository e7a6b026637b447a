package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Merge;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeAction;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeWhen;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Overriding;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MERGE. */
final class MergeParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    MergeParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Merge merge(@Nullable WithClause with, int position) {
        tokens.expect(TokenKind.MERGE, TokenKind.INTO);
        TableExpression.Table target = grammar.from.target();
        tokens.expect(TokenKind.USING);
        TableExpression source = grammar.from.tableReference();
        tokens.expect(TokenKind.ON);
        Expression on = grammar.expressions.expression();
        List<MergeWhen> whens = new ArrayList<>();
        do {
            whens.add(when());
        } while (tokens.is(TokenKind.WHEN));
        return new Merge(with, target, source, on, List.copyOf(whens), position);
    }

    private MergeWhen when() {
        int position = tokens.position();
        tokens.expect(TokenKind.WHEN);
        boolean matched = !tokens.accept(TokenKind.NOT);
        tokens.expect(TokenKind.MATCHED);
        Expression condition = tokens.accept(TokenKind.AND) ? grammar.expressions.expression() : null;
        tokens.expect(TokenKind.THEN);
        MergeAction action = matched ? matchedAction() : notMatchedAction();
        return new MergeWhen(matched, condition, action, position);
    }

    private MergeAction matchedAction() {
        if (tokens.accept(TokenKind.UPDATE)) {
            tokens.expect(TokenKind.SET);
            return new MergeAction.MergeUpdate(grammar.modifications.assignments());
        }
        if (tokens.accept(TokenKind.DELETE)) {
            return new MergeAction.MergeDelete();
        }
        return nothing();
    }

    private MergeAction notMatchedAction() {
        if (!tokens.accept(TokenKind.INSERT)) {
            return nothing();
        }
        List<TargetColumn> columns =
                tokens.is(TokenKind.LEFT_PARENTHESIS) ? grammar.modifications.targetColumns() : List.of();
        if (columns.isEmpty() && tokens.accept(TokenKind.DEFAULT)) {
            tokens.expect(TokenKind.VALUES);
            return new MergeAction.MergeInsert(columns, null, List.of());
        }
        Overriding overriding = grammar.modifications.overriding();
        tokens.expect(TokenKind.VALUES);
        return new MergeAction.MergeInsert(columns, overriding, grammar.expressions.parenthesizedList());
    }

    private MergeAction nothing() {
        tokens.expect(TokenKind.DO, TokenKind.NOTHING);
        return new MergeAction.MergeNothing();
    }
}
