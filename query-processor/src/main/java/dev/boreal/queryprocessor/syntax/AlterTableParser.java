package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.AlterTable.Action;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Rename;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.SetSchema;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.AlterSequence;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ALTER of tables, indexes, sequences and views. */
final class AlterTableParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final ObjectKind kind;
    private final AlterColumnParser columns;

    AlterTableParser(Grammar grammar, ObjectKind kind) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.kind = kind;
        this.columns = new AlterColumnParser(grammar);
    }

    /** What follows {@code ALTER kind}. */
    Statement statement(int position) {
        if (tokens.accept(TokenKind.ALL, TokenKind.IN)) {
            tokens.expect(TokenKind.TABLESPACE);
            tokens.columnId();
            return grammar.statements.unsupported("ALTER " + kind.sql() + " ALL IN TABLESPACE", position);
        }
        boolean ifExists = tokens.is(TokenKind.IF, TokenKind.EXISTS);
        if (ifExists) {
            tokens.advance();
            tokens.advance();
        }
        TableExpression.Table target =
                kind == ObjectKind.TABLE ? grammar.from.relation() : TableExpression.Table.of(tokens.relationName());
        QualifiedName name = target.name();
        if (tokens.is(TokenKind.RENAME)) {
            return rename(name, ifExists, position);
        }
        if (tokens.is(TokenKind.SET, TokenKind.SCHEMA)) {
            tokens.advance();
            tokens.advance();
            return new SetSchema(kind, ObjectReference.of(name), ifExists, tokens.columnId(), position);
        }
        if (kind == ObjectKind.SEQUENCE && atSequenceOption()) {
            return new AlterSequence(name, ifExists, new SequenceParser(grammar).options(), position);
        }
        if (kind == ObjectKind.INDEX && (tokens.is(TokenKind.DEPENDS) || tokens.is(TokenKind.NO))) {
            return grammar.statements.unsupported("ALTER INDEX DEPENDS ON EXTENSION", position);
        }
        return new AlterTable(kind, name, target.only(), ifExists, actions(), position);
    }

    private boolean atSequenceOption() {
        return switch (tokens.kind()) {
            case AS, CACHE, CYCLE, INCREMENT, MAXVALUE, MINVALUE, NO, OWNED, SEQUENCE, START, RESTART -> true;
            default -> false;
        };
    }

    private Statement rename(QualifiedName name, boolean ifExists, int position) {
        tokens.expect(TokenKind.RENAME);
        ObjectReference object = ObjectReference.of(name);
        if (tokens.accept(TokenKind.TO)) {
            return new Rename(kind, object, ifExists, null, null, tokens.columnId(), position);
        }
        if (kind == ObjectKind.INDEX || kind == ObjectKind.SEQUENCE) {
            throw tokens.syntaxError();
        }
        ObjectKind part = ObjectKind.COLUMN;
        if (kind == ObjectKind.TABLE && tokens.accept(TokenKind.CONSTRAINT)) {
            part = ObjectKind.CONSTRAINT;
        } else {
            tokens.accept(TokenKind.COLUMN);
        }
        String partName = tokens.columnId();
        tokens.expect(TokenKind.TO);
        return new Rename(kind, object, ifExists, part, partName, tokens.columnId(), position);
    }

    private List<Action> actions() {
        int position = tokens.position();
        if (tokens.accept(TokenKind.ATTACH)) {
            tokens.expect(TokenKind.PARTITION);
            QualifiedName partition = tokens.relationName();
            return List.of(new AlterTable.AttachPartition(
                    partition, kind == ObjectKind.INDEX ? null : new TableParser(grammar).partitionBound(), position));
        }
        if (tokens.accept(TokenKind.DETACH)) {
            tokens.expect(TokenKind.PARTITION);
            QualifiedName partition = tokens.relationName();
            boolean concurrently = tokens.accept(TokenKind.CONCURRENTLY);
            boolean finish = !concurrently && tokens.accept(TokenKind.FINALIZE);
            return List.of(new AlterTable.DetachPartition(partition, concurrently, finish, position));
        }
        List<Action> actions = new ArrayList<>(1);
        do {
            actions.add(action());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(actions);
    }

    private Action action() {
        int position = tokens.position();
        TokenKind first = tokens.kind();
        tokens.advance();
        return switch (first) {
            case ADD -> add(position);
            case ALTER -> alter(position);
            case DROP -> drop(position);
            case VALIDATE -> {
                tokens.expect(TokenKind.CONSTRAINT);
                yield new AlterTable.ValidateConstraint(tokens.columnId(), position);
            }
            case SET -> set(position);
            case RESET ->
                new AlterTable.SetOptions(true, grammar.statements.options().parenthesizedDefinition(), position);
            case OWNER -> {
                tokens.expect(TokenKind.TO);
                yield new AlterTable.ChangeOwner(new RoleParser(grammar).role(), position);
            }
            case CLUSTER -> {
                tokens.expect(TokenKind.ON);
                tokens.columnId();
                yield unsupported("CLUSTER ON", position);
            }
            case INHERIT -> {
                tokens.relationName();
                yield unsupported("INHERIT", position);
            }
            case NO -> {
                if (tokens.accept(TokenKind.FORCE)) {
                    rowSecurity();
                    yield unsupported("NO FORCE ROW LEVEL SECURITY", position);
                }
                tokens.expect(TokenKind.INHERIT);
                tokens.relationName();
                yield unsupported("NO INHERIT", position);
            }
            case OF -> {
                tokens.anyName();
                yield unsupported("OF", position);
            }
            case NOT -> {
                tokens.expect(TokenKind.OF);
                yield unsupported("NOT OF", position);
            }
            case REPLICA -> replicaIdentity(position);
            case ENABLE, DISABLE -> switched(first, position);
            case FORCE -> {
                rowSecurity();
                yield unsupported("FORCE ROW LEVEL SECURITY", position);
            }
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    private Action unsupported(String feature, int position) {
        return new AlterTable.UnsupportedAction("ALTER " + kind.sql() + " " + feature, position);
    }

    private void rowSecurity() {
        tokens.expect(TokenKind.ROW, TokenKind.LEVEL);
        tokens.expect(TokenKind.SECURITY);
    }

    private Action replicaIdentity(int position) {
        tokens.expect(TokenKind.IDENTITY);
        switch (tokens.kind()) {
            case NOTHING, FULL, DEFAULT -> tokens.advance();
            default -> {
                tokens.expect(TokenKind.USING, TokenKind.INDEX);
                tokens.columnId();
            }
        }
        return unsupported("REPLICA IDENTITY", position);
    }

    private Action switched(TokenKind first, int position) {
        if (tokens.is(TokenKind.ROW)) {
            rowSecurity();
            return unsupported(first + " ROW LEVEL SECURITY", position);
        }
        if (first == TokenKind.ENABLE && !tokens.accept(TokenKind.ALWAYS)) {
            tokens.accept(TokenKind.REPLICA);
        }
        boolean rule = tokens.accept(TokenKind.RULE);
        if (!rule) {
            tokens.expect(TokenKind.TRIGGER);
        }
        if (rule || (!tokens.accept(TokenKind.ALL) && !tokens.accept(TokenKind.USER))) {
            tokens.columnId();
        }
        return unsupported(first + (rule ? " RULE" : " TRIGGER"), position);
    }

    private Action add(int position) {
        ConstraintParser constraints = new ConstraintParser(grammar);
        if (constraints.atTableConstraint()) {
            Constraint constraint = constraints.ofTable();
            return new AlterTable.AddConstraint(constraint, position);
        }
        tokens.accept(TokenKind.COLUMN);
        boolean ifNotExists = CreateParser.ifNotExists(tokens);
        return new AlterTable.AddColumn(new TableParser(grammar).column(), ifNotExists, position);
    }

    private Action drop(int position) {
        boolean constraint = tokens.accept(TokenKind.CONSTRAINT);
        if (!constraint) {
            tokens.accept(TokenKind.COLUMN);
        }
        boolean ifExists = tokens.accept(TokenKind.IF, TokenKind.EXISTS);
        String name = tokens.columnId();
        return constraint
                ? new AlterTable.DropConstraint(name, ifExists, DropParser.dropBehavior(tokens), position)
                : new AlterTable.DropColumn(name, ifExists, DropParser.dropBehavior(tokens), position);
    }

    private Action alter(int position) {
        if (tokens.accept(TokenKind.CONSTRAINT)) {
            String name = tokens.columnId();
            return new AlterTable.AlterConstraint(name, new ConstraintParser(grammar).foreignKeyAttributes(), position);
        }
        tokens.accept(TokenKind.COLUMN);
        return columns.action(position);
    }

    private Action set(int position) {
        TokenKind what = tokens.kind();
        if (what == TokenKind.LEFT_PARENTHESIS) {
            List<Option> options = grammar.statements.options().parenthesizedDefinition();
            return new AlterTable.SetOptions(false, options, position);
        }
        tokens.advance();
        return switch (what) {
            case LOGGED -> new AlterTable.SetLogged(true, position);
            case UNLOGGED -> new AlterTable.SetLogged(false, position);
            case TABLESPACE -> new AlterTable.SetTablespace(tokens.columnId(), position);
            case WITHOUT -> {
                Action cluster = withoutWhat(position);
                yield cluster == null ? unsupported("SET WITHOUT OIDS", position) : cluster;
            }
            case ACCESS -> {
                tokens.expect(TokenKind.METHOD);
                tokens.columnId();
                yield unsupported("SET ACCESS METHOD", position);
            }
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    private @Nullable Action withoutWhat(int position) {
        if (tokens.accept(TokenKind.CLUSTER)) {
            return unsupported("SET WITHOUT CLUSTER", position);
        }
        tokens.expect(TokenKind.OIDS);
        return null;
    }
}
