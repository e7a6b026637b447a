package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import java.util.ArrayList;
import java.util.List;

/** Elements of indexes, of ON CONFLICT's inference and of partition keys. */
final class IndexElementParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    IndexElementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** {@code '(' index_params ')'}. */
    List<IndexElement> parenthesized() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<IndexElement> elements = new ArrayList<>(2);
        do {
            elements.add(element(true));
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(elements);
    }

    /** part_params: without direction and nulls. */
    List<IndexElement> partitionKeys() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<IndexElement> elements = new ArrayList<>(2);
        do {
            elements.add(element(false));
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(elements);
    }

    /** index_elem. */
    IndexElement element(boolean ordered) {
        int position = tokens.position();
        String column = null;
        Expression expression = null;
        if (tokens.accept(TokenKind.LEFT_PARENTHESIS)) {
            expression = grammar.expressions.expression();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        } else if (grammar.functions.atSpecial() || isCall()) {
            expression = grammar.functions.windowless();
        } else {
            column = tokens.columnId();
        }
        QualifiedName collation = tokens.accept(TokenKind.COLLATE) ? tokens.anyName() : null;
        QualifiedName operatorClass = null;
        List<Option> operatorClassOptions = List.of();
        if (tokens.kind().columnId && !atNullsOrder()) {
            operatorClass = tokens.anyName();
            if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
                operatorClassOptions = grammar.statements.options().parenthesizedDefinition();
            }
        }
        SortItem.Direction direction = ordered ? grammar.queries.direction() : SortItem.Direction.DEFAULT;
        SortItem.Nulls nulls = ordered ? grammar.queries.nulls() : SortItem.Nulls.DEFAULT;
        return new IndexElement(
                column, expression, collation, operatorClass, operatorClassOptions, direction, nulls, position);
    }

    private boolean atNullsOrder() {
        return tokens.is(TokenKind.NULLS) && (tokens.kind(1) == TokenKind.FIRST || tokens.kind(1) == TokenKind.LAST);
    }

    private boolean isCall() {
        if (tokens.kind().typeFunctionName && tokens.kind(1) == TokenKind.LEFT_PARENTHESIS) {
            return true;
        }
        return tokens.kind().columnId && tokens.kind(1) == TokenKind.DOT;
    }
}
