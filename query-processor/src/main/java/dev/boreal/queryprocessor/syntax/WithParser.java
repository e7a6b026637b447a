package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import dev.boreal.queryprocessor.syntax.tree.WithClause.CommonTable;
import dev.boreal.queryprocessor.syntax.tree.WithClause.Cycle;
import dev.boreal.queryprocessor.syntax.tree.WithClause.Search;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WITH and its common table expressions. */
final class WithParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    WithParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    WithClause clause() {
        int position = tokens.position();
        tokens.expect(TokenKind.WITH);
        boolean recursive = tokens.accept(TokenKind.RECURSIVE);
        List<CommonTable> tables = new ArrayList<>(2);
        do {
            tables.add(table());
        } while (tokens.accept(TokenKind.COMMA));
        return new WithClause(recursive, List.copyOf(tables), position);
    }

    private CommonTable table() {
        int position = tokens.position();
        String name = tokens.columnId();
        List<String> columns = tokens.optionalParenthesizedNames();
        tokens.expect(TokenKind.AS);
        Boolean materialized = null;
        if (tokens.accept(TokenKind.MATERIALIZED)) {
            materialized = true;
        } else if (tokens.accept(TokenKind.NOT)) {
            tokens.expect(TokenKind.MATERIALIZED);
            materialized = false;
        }
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        PreparableStatement statement = grammar.statements.preparable();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new CommonTable(name, columns, materialized, statement, search(), cycle(), position);
    }

    private @Nullable Search search() {
        int position = tokens.position();
        if (!tokens.accept(TokenKind.SEARCH)) {
            return null;
        }
        boolean breadth = tokens.accept(TokenKind.BREADTH);
        if (!breadth) {
            tokens.expect(TokenKind.DEPTH);
        }
        tokens.expect(TokenKind.FIRST, TokenKind.BY);
        List<String> columns = tokens.names();
        tokens.expect(TokenKind.SET);
        return new Search(breadth, columns, tokens.columnId(), position);
    }

    private @Nullable Cycle cycle() {
        int position = tokens.position();
        if (!tokens.accept(TokenKind.CYCLE)) {
            return null;
        }
        List<String> columns = tokens.names();
        tokens.expect(TokenKind.SET);
        String mark = tokens.columnId();
        Expression value = null;
        Expression otherwise = null;
        if (tokens.accept(TokenKind.TO)) {
            value = constant();
            tokens.expect(TokenKind.DEFAULT);
            otherwise = constant();
        }
        tokens.expect(TokenKind.USING);
        return new Cycle(columns, mark, value, otherwise, tokens.columnId(), position);
    }

    /** AexprConst. */
    private Expression constant() {
        TokenKind kind = tokens.kind();
        Expression constant = grammar.primaries.primary();
        if (constant instanceof Literal || constant instanceof Expression.TypeCast) {
            return constant;
        }
        throw kind.word ? tokens.syntaxError() : tokens.syntaxErrorAt(-1);
    }
}
