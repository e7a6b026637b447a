package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Comment;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.RefreshMaterializedView;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.Truncate;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Call;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Checkpoint;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Cluster;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Do;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Explain;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.LockTable;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Reindex;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Vacuum;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.VacuumTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXPLAIN, VACUUM, LOCK and the other statements about tables as they are. */
final class UtilityParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    UtilityParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case EXPLAIN -> explain(position);
            case VACUUM -> vacuum(position);
            case ANALYZE, ANALYSE -> analyze(position);
            case CLUSTER -> cluster(position);
            case REINDEX -> reindex(position);
            case CHECKPOINT -> new Checkpoint(position);
            case LOCK -> lock(position);
            case DO -> doBlock(position);
            case CALL -> call(position);
            case TRUNCATE -> truncate(position);
            case COMMENT -> comment(position);
            default -> refresh(position);
        };
    }

    private Statement explain(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.is(TokenKind.LEFT_PARENTHESIS) && !atQueryInParentheses()) {
            options.addAll(grammar.statements.options().parenthesizedUtility());
        } else {
            word(options, TokenKind.ANALYZE, TokenKind.ANALYSE);
            word(options, TokenKind.VERBOSE, TokenKind.VERBOSE);
        }
        return new Explain(List.copyOf(options), explained(), position);
    }

    private boolean atQueryInParentheses() {
        return switch (tokens.kind(1)) {
            case SELECT, WITH, TABLE, LEFT_PARENTHESIS -> true;
            case VALUES -> tokens.kind(2) == TokenKind.LEFT_PARENTHESIS;
            default -> false;
        };
    }

    private boolean word(List<Option> options, TokenKind word, TokenKind otherSpelling) {
        int position = tokens.position();
        if (tokens.accept(word) || tokens.accept(otherSpelling)) {
            options.add(new Option(null, word.name().toLowerCase(Locale.ROOT), null, position));
            return true;
        }
        return false;
    }

    private Statement explained() {
        return switch (tokens.kind()) {
            case EXECUTE -> new SessionParser(grammar).execute();
            case DECLARE -> new SessionParser(grammar).declareCursor();
            case CREATE -> new CreateParser(grammar).explainable();
            case REFRESH -> {
                int position = tokens.position();
                tokens.advance();
                yield refresh(position);
            }
            default -> grammar.statements.preparable();
        };
    }

    private Statement vacuum(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            options.addAll(grammar.statements.options().parenthesizedUtility());
        } else {
            word(options, TokenKind.FULL, TokenKind.FULL);
            word(options, TokenKind.FREEZE, TokenKind.FREEZE);
            word(options, TokenKind.VERBOSE, TokenKind.VERBOSE);
            word(options, TokenKind.ANALYZE, TokenKind.ANALYSE);
        }
        return new Vacuum(false, List.copyOf(options), targets(), position);
    }

    private Statement analyze(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            options.addAll(grammar.statements.options().parenthesizedUtility());
        } else {
            word(options, TokenKind.VERBOSE, TokenKind.VERBOSE);
        }
        return new Vacuum(true, List.copyOf(options), targets(), position);
    }

    private List<VacuumTarget> targets() {
        if (!tokens.kind().columnId) {
            return List.of();
        }
        List<VacuumTarget> targets = new ArrayList<>();
        do {
            targets.add(new VacuumTarget(tokens.relationName(), tokens.optionalParenthesizedNames()));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(targets);
    }

    private Statement cluster(int position) {
        List<Option> options = new ArrayList<>();
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            options.addAll(grammar.statements.options().parenthesizedUtility());
        } else {
            word(options, TokenKind.VERBOSE, TokenKind.VERBOSE);
        }
        if (!tokens.kind().columnId) {
            return new Cluster(null, null, List.copyOf(options), position);
        }
        QualifiedName first = tokens.relationName();
        if (first.parts().size() == 1 && tokens.accept(TokenKind.ON)) {
            return new Cluster(tokens.relationName(), first.name(), List.copyOf(options), position);
        }
        String index = tokens.accept(TokenKind.USING) ? tokens.columnId() : null;
        return new Cluster(first, index, List.copyOf(options), position);
    }

    private Statement reindex(int position) {
        List<Option> options = tokens.is(TokenKind.LEFT_PARENTHESIS)
                ? grammar.statements.options().parenthesizedUtility()
                : List.of();
        TokenKind what = tokens.kind();
        ObjectKind kind = switch (what) {
            case INDEX -> ObjectKind.INDEX;
            case TABLE -> ObjectKind.TABLE;
            case SCHEMA -> ObjectKind.SCHEMA;
            case SYSTEM, DATABASE -> ObjectKind.DATABASE;
            default -> throw tokens.syntaxError();
        };
        tokens.advance();
        boolean concurrently = tokens.accept(TokenKind.CONCURRENTLY);
        boolean relation = kind == ObjectKind.INDEX || kind == ObjectKind.TABLE;
        int namePosition = tokens.position();
        QualifiedName name = relation ? tokens.relationName() : QualifiedName.of(tokens.columnId(), namePosition);
        return new Reindex(kind, what == TokenKind.SYSTEM, name, concurrently, options, position);
    }

    private List<TableExpression.Table> relations() {
        List<TableExpression.Table> tables = new ArrayList<>(1);
        do {
            tables.add(grammar.from.relation());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(tables);
    }

    private Statement lock(int position) {
        tokens.accept(TokenKind.TABLE);
        List<TableExpression.Table> tables = relations();
        LockTable.Mode mode = LockTable.Mode.ACCESS_EXCLUSIVE;
        if (tokens.accept(TokenKind.IN)) {
            mode = lockMode();
            tokens.expect(TokenKind.MODE);
        }
        return new LockTable(tables, mode, tokens.accept(TokenKind.NOWAIT), position);
    }

    private LockTable.Mode lockMode() {
        TokenKind first = tokens.kind();
        tokens.advance();
        return switch (first) {
            case ACCESS -> {
                yield tokens.accept(TokenKind.SHARE)
                        ? LockTable.Mode.ACCESS_SHARE
                        : exclusive(LockTable.Mode.ACCESS_EXCLUSIVE);
            }
            case ROW -> {
                yield tokens.accept(TokenKind.SHARE)
                        ? LockTable.Mode.ROW_SHARE
                        : exclusive(LockTable.Mode.ROW_EXCLUSIVE);
            }
            case SHARE -> {
                if (tokens.accept(TokenKind.UPDATE)) {
                    yield exclusive(LockTable.Mode.SHARE_UPDATE_EXCLUSIVE);
                }
                yield tokens.accept(TokenKind.ROW)
                        ? exclusive(LockTable.Mode.SHARE_ROW_EXCLUSIVE)
                        : LockTable.Mode.SHARE;
            }
            case EXCLUSIVE -> {
                yield LockTable.Mode.EXCLUSIVE;
            }
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    private LockTable.Mode exclusive(LockTable.Mode mode) {
        tokens.expect(TokenKind.EXCLUSIVE);
        return mode;
    }

    private Statement doBlock(int position) {
        String body = null;
        String language = null;
        do {
            if (tokens.accept(TokenKind.LANGUAGE)) {
                language = tokens.is(TokenKind.STRING) ? tokens.string() : tokens.nonReservedWord();
            } else {
                body = tokens.string();
            }
        } while (tokens.is(TokenKind.LANGUAGE) || tokens.is(TokenKind.STRING));
        if (body == null) {
            throw SyntaxErrors.at("no inline code specified", 0);
        }
        return new Do(body, language, position);
    }

    private Statement call(int position) {
        int namePosition = tokens.position();
        QualifiedName name = tokens.kind(1) == TokenKind.DOT
                ? tokens.anyName()
                : QualifiedName.of(tokens.typeFunctionName(), namePosition);
        if (grammar.functions.call(name, false) instanceof FunctionCall function) {
            return new Call(function, position);
        }
        throw tokens.syntaxError();
    }

    private Statement truncate(int position) {
        tokens.accept(TokenKind.TABLE);
        List<TableExpression.Table> tables = relations();
        boolean restart = tokens.accept(TokenKind.RESTART);
        if (restart || tokens.accept(TokenKind.CONTINUE)) {
            tokens.expect(TokenKind.IDENTITY);
        }
        return new Truncate(tables, restart, DropParser.dropBehavior(tokens), position);
    }

    private Statement comment(int position) {
        tokens.expect(TokenKind.ON);
        ObjectReferenceParser objects = new ObjectReferenceParser(grammar);
        switch (tokens.kind()) {
            case CAST, TRANSFORM, LARGE -> {
                return grammar.statements.unsupported("COMMENT ON " + tokens.kind(), position);
            }
            default -> {}
        }
        ObjectKind kind = objects.kind();
        ObjectReference object = objects.reference(kind);
        tokens.expect(TokenKind.IS);
        return new Comment(kind, object, tokens.accept(TokenKind.NULL) ? null : tokens.string(), position);
    }

    private Statement refresh(int position) {
        tokens.expect(TokenKind.MATERIALIZED, TokenKind.VIEW);
        boolean concurrently = tokens.accept(TokenKind.CONCURRENTLY);
        QualifiedName name = tokens.relationName();
        return new RefreshMaterializedView(name, concurrently, withData(tokens), position);
    }

    /** opt_with_data. */
    static @Nullable Boolean withData(TokenCursor tokens) {
        if (!tokens.accept(TokenKind.WITH)) {
            return null;
        }
        boolean data = !tokens.accept(TokenKind.NO);
        tokens.expect(TokenKind.DATA);
        return data;
    }
}
