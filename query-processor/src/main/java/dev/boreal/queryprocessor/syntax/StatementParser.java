package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.Unsupported;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements by their first word. */
final class StatementParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final OptionParser options;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.options = new OptionParser(grammar);
    }

    OptionParser options() {
        return options;
    }

    /** All statements; empty ones are left out. */
    List<ParsedStatement> statements() {
        List<ParsedStatement> statements = new ArrayList<>(1);
        while (true) {
            while (tokens.accept(TokenKind.SEMICOLON)) {
                // An empty statement is nothing.
            }
            if (tokens.is(TokenKind.END_OF_INPUT)) {
                return List.copyOf(statements);
            }
            int first = tokens.index();
            Statement statement = statement();
            if (!tokens.is(TokenKind.SEMICOLON) && !tokens.is(TokenKind.END_OF_INPUT)) {
                throw tokens.syntaxError();
            }
            statements.add(new ParsedStatement(statement, tokens.textSince(first), tokens.takeHighestParameter()));
        }
    }

    Statement statement() {
        PreparableStatement preparable = preparableIfAny();
        if (preparable != null) {
            return preparable;
        }
        int position = tokens.position();
        return switch (tokens.kind()) {
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE ->
                new TransactionParser(grammar).statement();
            case SET, RESET, SHOW -> new SettingParser(grammar).statement();
            case CREATE -> new CreateParser(grammar).statement();
            case ALTER -> new AlterParser(grammar).statement();
            case DROP -> new DropParser(grammar).statement();
            case GRANT, REVOKE -> new GrantParser(grammar).statement();
            case COPY -> new CopyParser(grammar).statement();
            case PREPARE, EXECUTE, DEALLOCATE, DECLARE, FETCH, MOVE, CLOSE, DISCARD, LISTEN, UNLISTEN, NOTIFY ->
                new SessionParser(grammar).statement();
            case EXPLAIN,
                    VACUUM,
                    ANALYZE,
                    ANALYSE,
                    CLUSTER,
                    REINDEX,
                    CHECKPOINT,
                    LOCK,
                    DO,
                    CALL,
                    TRUNCATE,
                    COMMENT,
                    REFRESH -> new UtilityParser(grammar).statement();
            case REASSIGN -> unsupported("REASSIGN OWNED", position, TokenKind.REASSIGN, TokenKind.OWNED);
            case SECURITY -> unsupported("SECURITY LABEL", position, TokenKind.SECURITY, TokenKind.LABEL);
            case IMPORT -> unsupported("IMPORT FOREIGN SCHEMA", position, TokenKind.IMPORT, TokenKind.FOREIGN);
            case LOAD -> {
                tokens.advance();
                tokens.string();
                yield new Unsupported("LOAD", position);
            }
            default -> throw tokens.syntaxError();
        };
    }

    /** PreparableStmt. */
    PreparableStatement preparable() {
        PreparableStatement statement = preparableIfAny();
        if (statement == null) {
            throw tokens.syntaxError();
        }
        return statement;
    }

    /** A query or modification if one begins here, else null. */
    @Nullable PreparableStatement preparableIfAny() {
        int position = tokens.position();
        if (!tokens.is(TokenKind.WITH)) {
            return preparable(null, position);
        }
        WithClause with = grammar.queries.withClause();
        PreparableStatement statement = preparable(with, position);
        if (statement == null) {
            throw tokens.syntaxError();
        }
        return statement;
    }

    private @Nullable PreparableStatement preparable(@Nullable WithClause with, int position) {
        return switch (tokens.kind()) {
            case SELECT, VALUES, TABLE, LEFT_PARENTHESIS -> grammar.queries.query(with, position);
            case INSERT -> grammar.modifications.insert(with, position);
            case UPDATE -> grammar.modifications.update(with, position);
            case DELETE -> grammar.modifications.delete(with, position);
            case MERGE -> new MergeParser(grammar).merge(with, position);
            default -> null;
        };
    }

    /** A query where the grammar allows nothing else. */
    Query query() {
        if (!grammar.queries.atQuery() && !tokens.is(TokenKind.LEFT_PARENTHESIS) && !tokens.is(TokenKind.VALUES)) {
            throw tokens.syntaxError();
        }
        return grammar.queries.query();
    }

    private Unsupported unsupported(String feature, int position, TokenKind first, TokenKind second) {
        tokens.expect(first, second);
        return unsupported(feature, position);
    }

    /** Passes over the rest of a statement that Boreal does not have. */
    Unsupported unsupported(String feature, int position) {
        int depth = 0;
        while (true) {
            switch (tokens.kind()) {
                case END_OF_INPUT -> {
                    if (depth > 0) {
                        throw tokens.syntaxError();
                    }
                    return new Unsupported(feature, position);
                }
                case SEMICOLON -> {
                    if (depth <= 0) {
                        return new Unsupported(feature, position);
                    }
                    tokens.advance();
                }
                case LEFT_PARENTHESIS -> {
                    depth++;
                    tokens.advance();
                }
                case RIGHT_PARENTHESIS -> {
                    if (--depth < 0) {
                        throw tokens.syntaxError();
                    }
                    tokens.advance();
                }
                case BEGIN -> {
                    depth += tokens.kind(1) == TokenKind.ATOMIC ? 1 : 0;
                    tokens.advance();
                }
                case CASE -> {
                    depth++;
                    tokens.advance();
                }
                case END -> {
                    depth--;
                    tokens.advance();
                }
                case INVALID, STRAY -> throw tokens.syntaxError();
                default -> tokens.advance();
            }
        }
    }
}
