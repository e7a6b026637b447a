package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.AlterEnumAddValue;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.AlterEnumRenameValue;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Rename;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.SetOwner;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.SetSchema;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Statement;

/** ALTER by what follows it; relations' own actions are {@link AlterTableParser}'s. */
final class AlterParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    AlterParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        tokens.expect(TokenKind.ALTER);
        switch (tokens.kind()) {
            case ROLE, GROUP -> {
                return new RoleParser(grammar).alter(position);
            }
            case USER -> {
                return tokens.kind(1) == TokenKind.MAPPING
                        ? unsupported("ALTER USER MAPPING", position)
                        : new RoleParser(grammar).alter(position);
            }
            case SYSTEM -> {
                return unsupported("ALTER SYSTEM", position);
            }
            case DEFAULT -> {
                return unsupported("ALTER DEFAULT PRIVILEGES", position);
            }
            case LARGE -> {
                return unsupported("ALTER LARGE OBJECT", position);
            }
            default -> {}
        }
        ObjectKind kind = new ObjectReferenceParser(grammar).kind();
        return switch (kind) {
            case TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED_VIEW ->
                new AlterTableParser(grammar, kind).statement(position);
            case TYPE -> type(position);
            case SCHEMA, DATABASE, DOMAIN -> named(kind, position);
            case CAST, COLUMN, CONSTRAINT, TRANSFORM, ACCESS_METHOD -> throw tokens.syntaxErrorAt(-1);
            default -> unsupported("ALTER " + kind.sql(), position);
        };
    }

    private Statement unsupported(String feature, int position) {
        boolean ended = tokens.is(TokenKind.END_OF_INPUT) || tokens.is(TokenKind.SEMICOLON);
        if (ended && !feature.equals("ALTER DATABASE")) {
            throw tokens.syntaxError();
        }
        return grammar.statements.unsupported(feature, position);
    }

    private Statement named(ObjectKind kind, int position) {
        ObjectReference object = ObjectReference.of(
                kind == ObjectKind.DOMAIN
                        ? tokens.anyName()
                        : QualifiedName.of(tokens.columnId(), tokens.position(-1)));
        return common(kind, object, position);
    }

    private Statement common(ObjectKind kind, ObjectReference object, int position) {
        if (tokens.is(TokenKind.RENAME, TokenKind.TO)) {
            tokens.advance();
            tokens.advance();
            return new Rename(kind, object, false, null, null, tokens.columnId(), position);
        }
        if (tokens.is(TokenKind.OWNER)) {
            tokens.advance();
            tokens.expect(TokenKind.TO);
            return new SetOwner(kind, object, new RoleParser(grammar).role(), position);
        }
        if (kind != ObjectKind.SCHEMA && kind != ObjectKind.DATABASE && tokens.is(TokenKind.SET, TokenKind.SCHEMA)) {
            tokens.advance();
            tokens.advance();
            return new SetSchema(kind, object, false, tokens.columnId(), position);
        }
        if (kind == ObjectKind.SCHEMA) {
            throw tokens.is(TokenKind.RENAME) ? tokens.syntaxErrorAt(1) : tokens.syntaxError();
        }
        return unsupported("ALTER " + kind.sql(), position);
    }

    private Statement type(int position) {
        QualifiedName name = tokens.anyName();
        if (tokens.accept(TokenKind.ADD, TokenKind.VALUE)) {
            boolean ifNotExists = CreateParser.ifNotExists(tokens);
            String label = tokens.string();
            String before = tokens.accept(TokenKind.BEFORE) ? tokens.string() : null;
            String after = before == null && tokens.accept(TokenKind.AFTER) ? tokens.string() : null;
            return new AlterEnumAddValue(name, label, ifNotExists, before, after, position);
        }
        if (tokens.accept(TokenKind.RENAME, TokenKind.VALUE)) {
            String label = tokens.string();
            tokens.expect(TokenKind.TO);
            return new AlterEnumRenameValue(name, label, tokens.string(), position);
        }
        return common(ObjectKind.TYPE, ObjectReference.of(name), position);
    }
}
