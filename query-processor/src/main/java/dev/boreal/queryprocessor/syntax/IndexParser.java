package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateIndex;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import java.util.ArrayList;
import java.util.List;

/** CREATE INDEX. */
final class IndexParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    IndexParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    CreateIndex create(int position) {
        boolean unique = tokens.accept(TokenKind.UNIQUE);
        tokens.expect(TokenKind.INDEX);
        boolean concurrently = tokens.accept(TokenKind.CONCURRENTLY) || acceptAsync();
        boolean ifNotExists = CreateParser.ifNotExists(tokens);
        String name = ifNotExists || tokens.kind().columnId ? tokens.columnId() : null;
        tokens.expect(TokenKind.ON);
        TableExpression.Table table = grammar.from.relation();
        String method = tokens.accept(TokenKind.USING) ? tokens.columnId() : "btree";
        IndexElementParser parser = new IndexElementParser(grammar);
        List<IndexElement> elements = parser.parenthesized();
        List<String> including = including(tokens);
        boolean nullsNotDistinct = nullsNotDistinct(tokens);
        List<Option> options = grammar.statements.options().optionalWith();
        String tablespace = tokens.accept(TokenKind.TABLESPACE) ? tokens.columnId() : null;
        Expression where = tokens.accept(TokenKind.WHERE) ? grammar.expressions.expression() : null;
        return new CreateIndex(
                name,
                table.name(),
                table.only(),
                unique,
                concurrently,
                ifNotExists,
                method,
                elements,
                including,
                nullsNotDistinct,
                options,
                tablespace,
                where,
                position);
    }

    /** ASYNC is no keyword: an index may be called so. */
    private boolean acceptAsync() {
        if (tokens.isWord("async") && tokens.kind(1) != TokenKind.ON) {
            tokens.advance();
            return true;
        }
        return false;
    }

    /** {@code INCLUDE (columns)}; empty if there is none. */
    static List<String> including(TokenCursor tokens) {
        if (!tokens.accept(TokenKind.INCLUDE)) {
            return List.of();
        }
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<String> columns = new ArrayList<>();
        do {
            columns.add(tokens.columnId());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(columns);
    }

    /** opt_unique_null_treatment. */
    static boolean nullsNotDistinct(TokenCursor tokens) {
        if (!tokens.accept(TokenKind.NULLS)) {
            return false;
        }
        boolean not = tokens.accept(TokenKind.NOT);
        tokens.expect(TokenKind.DISTINCT);
        return not;
    }
}
