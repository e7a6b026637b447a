package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.DropBehavior;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Drop;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.DropRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import java.util.List;

/** DROP of everything. */
final class DropParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final ObjectReferenceParser objects;

    DropParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.objects = new ObjectReferenceParser(grammar);
    }

    Statement statement() {
        int position = tokens.position();
        tokens.expect(TokenKind.DROP);
        return switch (tokens.kind()) {
            case ROLE, GROUP -> {
                yield roles(position);
            }
            case USER -> {
                yield tokens.kind(1) == TokenKind.MAPPING
                        ? grammar.statements.unsupported("DROP USER MAPPING", position)
                        : roles(position);
            }
            case OWNED -> {
                tokens.advance();
                tokens.expect(TokenKind.BY);
                yield grammar.statements.unsupported("DROP OWNED", position);
            }
            case CAST, TRANSFORM -> {
                yield grammar.statements.unsupported("DROP " + tokens.kind(), position);
            }
            case COLUMN, CONSTRAINT, LARGE -> throw tokens.syntaxError();
            default -> {
                yield drop(position);
            }
        };
    }

    private Drop drop(int position) {
        ObjectKind kind = objects.kind();
        boolean concurrently = kind == ObjectKind.INDEX && tokens.accept(TokenKind.CONCURRENTLY);
        boolean ifExists = ifExists();
        boolean single = kind == ObjectKind.DATABASE
                || kind == ObjectKind.TABLESPACE
                || kind == ObjectKind.SUBSCRIPTION
                || kind == ObjectKind.OPERATOR_CLASS
                || kind == ObjectKind.OPERATOR_FAMILY
                || kind == ObjectKind.TRIGGER
                || kind == ObjectKind.RULE
                || kind == ObjectKind.POLICY;
        List<ObjectReference> references = single ? List.of(objects.reference(kind)) : objects.references(kind);
        if (kind == ObjectKind.DATABASE) {
            forced();
            return new Drop(kind, references, ifExists, false, DropBehavior.RESTRICT, position);
        }
        DropBehavior behavior = kind == ObjectKind.TABLESPACE ? DropBehavior.RESTRICT : behavior();
        return new Drop(kind, references, ifExists, concurrently, behavior, position);
    }

    private void forced() {
        boolean with = tokens.accept(TokenKind.WITH);
        if (with || tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            tokens.expect(TokenKind.LEFT_PARENTHESIS);
            do {
                tokens.expect(TokenKind.FORCE);
            } while (tokens.accept(TokenKind.COMMA));
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        }
    }

    private DropRole roles(int position) {
        tokens.advance();
        boolean ifExists = ifExists();
        return new DropRole(new RoleParser(grammar).roles(), ifExists, position);
    }

    private boolean ifExists() {
        if (tokens.is(TokenKind.IF, TokenKind.EXISTS)) {
            tokens.advance();
            tokens.advance();
            return true;
        }
        return false;
    }

    private DropBehavior behavior() {
        return dropBehavior(tokens);
    }

    /** opt_drop_behavior. */
    static DropBehavior dropBehavior(TokenCursor tokens) {
        if (tokens.accept(TokenKind.CASCADE)) {
            return DropBehavior.CASCADE;
        }
        tokens.accept(TokenKind.RESTRICT);
        return DropBehavior.RESTRICT;
    }
}
