package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.IntoClause;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CheckOption;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateMaterializedView;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateView;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;

/** Views, recursive and materialized ones too. */
final class ViewParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    ViewParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement create(Persistence persistence, boolean orReplace, int position) {
        if (persistence == Persistence.UNLOGGED) {
            throw SyntaxErrors.unsupported("CREATE UNLOGGED VIEW", position);
        }
        boolean recursive = tokens.accept(TokenKind.RECURSIVE);
        tokens.expect(TokenKind.VIEW);
        QualifiedName name = tokens.relationName();
        List<String> columns = recursive ? tokens.parenthesizedNames() : tokens.optionalParenthesizedNames();
        List<Option> options = grammar.statements.options().optionalWith();
        tokens.expect(TokenKind.AS);
        int first = tokens.index();
        Query query = grammar.statements.query();
        String text = tokens.textSince(first);
        int checkPosition = tokens.position();
        CheckOption check = checkOption();
        if (recursive) {
            if (check != CheckOption.NONE) {
                throw SyntaxErrors.at(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "WITH CHECK OPTION not supported on recursive views",
                        checkPosition);
            }
            query = recursive(name, columns, query);
        }
        return new CreateView(name, persistence, orReplace, columns, options, query, text, check, position);
    }

    private CheckOption checkOption() {
        if (!tokens.accept(TokenKind.WITH)) {
            return CheckOption.NONE;
        }
        CheckOption option = tokens.accept(TokenKind.LOCAL) ? CheckOption.LOCAL : CheckOption.CASCADED;
        if (option == CheckOption.CASCADED) {
            tokens.accept(TokenKind.CASCADED);
        }
        tokens.expect(TokenKind.CHECK, TokenKind.OPTION);
        return option;
    }

    /** {@code WITH RECURSIVE name(columns) AS (query) SELECT columns FROM name}. */
    private static Query recursive(QualifiedName name, List<String> columns, Query query) {
        int position = query.position();
        WithClause.CommonTable table =
                new WithClause.CommonTable(name.name(), columns, null, query, null, null, position);
        List<TargetItem> targets = new ArrayList<>(columns.size());
        for (String column : columns) {
            targets.add(new TargetItem(new Expression.ColumnReference(List.of(column), position), null, position));
        }
        TableExpression from = TableExpression.Table.of(QualifiedName.of(name.name(), position));
        SelectBody body = new SelectBody.Select(
                false,
                List.of(),
                List.copyOf(targets),
                null,
                List.of(from),
                null,
                List.of(),
                false,
                null,
                List.of(),
                position);
        return new Query(
                new WithClause(true, List.of(table), position),
                body,
                List.of(),
                null,
                false,
                null,
                List.of(),
                position);
    }

    Statement createMaterialized(Persistence persistence, int position) {
        tokens.expect(TokenKind.MATERIALIZED, TokenKind.VIEW);
        boolean ifNotExists = CreateParser.ifNotExists(tokens);
        QualifiedName name = tokens.relationName();
        IntoClause into = new TableParser(grammar).intoClause(name, false);
        tokens.expect(TokenKind.AS);
        Query query = grammar.statements.query();
        return new CreateMaterializedView(
                into, persistence, ifNotExists, query, UtilityParser.withData(tokens), position);
    }
}
