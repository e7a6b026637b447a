package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.DropBehavior;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Grant;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.GrantRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Privilege;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GRANT and REVOKE, of privileges and of roles. */
final class GrantParser {
    private final TokenCursor tokens;
    private final RoleParser roles;
    private final ObjectReferenceParser objects;

    GrantParser(Grammar grammar) {
        this.tokens = grammar.tokens;
        this.roles = new RoleParser(grammar);
        this.objects = new ObjectReferenceParser(grammar);
    }

    Statement statement() {
        int position = tokens.position();
        boolean grant = tokens.is(TokenKind.GRANT);
        tokens.advance();
        boolean optionFor = false;
        if (!grant && (tokens.is(TokenKind.GRANT) || tokens.is(TokenKind.ADMIN, TokenKind.OPTION))) {
            tokens.advance();
            tokens.expect(TokenKind.OPTION);
            tokens.expect(TokenKind.FOR);
            optionFor = true;
        }
        if (tokens.accept(TokenKind.ALL)) {
            tokens.accept(TokenKind.PRIVILEGES);
            List<Privilege> privileges = tokens.is(TokenKind.LEFT_PARENTHESIS)
                    ? List.of(new Privilege(null, tokens.parenthesizedNames(), position))
                    : List.of();
            return onObjects(grant, privileges, optionFor, position);
        }
        List<Privilege> privileges = privileges();
        if (tokens.is(TokenKind.ON)) {
            return onObjects(grant, privileges, optionFor, position);
        }
        return ofRoles(grant, privileges, optionFor, position);
    }

    private List<Privilege> privileges() {
        List<Privilege> privileges = new ArrayList<>(1);
        do {
            int position = tokens.position();
            String name;
            if (tokens.accept(TokenKind.ALTER, TokenKind.SYSTEM)) {
                name = "alter system";
            } else {
                name = switch (tokens.kind()) {
                    case SELECT, REFERENCES, CREATE -> tokens.columnLabel();
                    default -> tokens.columnId();
                };
            }
            privileges.add(new Privilege(name, tokens.optionalParenthesizedNames(), position));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(privileges);
    }

    private Grant onObjects(boolean grant, List<Privilege> privileges, boolean optionFor, int position) {
        tokens.expect(TokenKind.ON);
        boolean allInSchema = tokens.accept(TokenKind.ALL);
        ObjectKind kind = allInSchema ? pluralKind() : targetKind();
        if (allInSchema) {
            tokens.expect(TokenKind.IN, TokenKind.SCHEMA);
        }
        List<ObjectReference> references = allInSchema ? schemas() : targets(kind);
        tokens.expect(grant ? TokenKind.TO : TokenKind.FROM);
        List<RoleName> grantees = grantees();
        boolean option = optionFor;
        if (grant && tokens.accept(TokenKind.WITH)) {
            tokens.expect(TokenKind.GRANT, TokenKind.OPTION);
            option = true;
        }
        RoleName grantor = grantor();
        DropBehavior behavior = grant ? DropBehavior.RESTRICT : DropParser.dropBehavior(tokens);
        return new Grant(
                grant, privileges, kind, references, allInSchema, grantees, option, grantor, behavior, position);
    }

    private ObjectKind pluralKind() {
        TokenKind kind = tokens.kind();
        ObjectKind result = switch (kind) {
            case TABLES -> ObjectKind.TABLE;
            case SEQUENCES -> ObjectKind.SEQUENCE;
            case FUNCTIONS -> ObjectKind.FUNCTION;
            case PROCEDURES -> ObjectKind.PROCEDURE;
            case ROUTINES -> ObjectKind.ROUTINE;
            default -> throw tokens.syntaxError();
        };
        tokens.advance();
        return result;
    }

    private ObjectKind targetKind() {
        return switch (tokens.kind()) {
            case TABLE,
                    SEQUENCE,
                    FUNCTION,
                    PROCEDURE,
                    ROUTINE,
                    DATABASE,
                    DOMAIN,
                    LANGUAGE,
                    LARGE,
                    SCHEMA,
                    TABLESPACE,
                    TYPE -> {
                yield tokens.kind(1) == TokenKind.DOT || tokens.kind(1) == TokenKind.COMMA || isTargetEnd(1)
                        ? ObjectKind.TABLE
                        : objects.kind();
            }
            case PARAMETER -> {
                tokens.advance();
                yield ObjectKind.PARAMETER;
            }
            case FOREIGN -> {
                if (tokens.kind(1) == TokenKind.SERVER) {
                    tokens.advance();
                    tokens.advance();
                    yield ObjectKind.SERVER;
                }
                yield objects.kind();
            }
            default -> {
                yield ObjectKind.TABLE;
            }
        };
    }

    private boolean isTargetEnd(int ahead) {
        return tokens.kind(ahead) == TokenKind.TO || tokens.kind(ahead) == TokenKind.FROM;
    }

    private List<ObjectReference> schemas() {
        return objects.references(ObjectKind.SCHEMA);
    }

    private List<ObjectReference> targets(ObjectKind kind) {
        if (kind != ObjectKind.LARGE_OBJECT) {
            return objects.references(kind);
        }
        List<ObjectReference> references = new ArrayList<>();
        do {
            int position = tokens.position();
            references.add(ObjectReference.of(QualifiedName.of(tokens.signedNumber(), position)));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(references);
    }

    private List<RoleName> grantees() {
        List<RoleName> grantees = new ArrayList<>(1);
        do {
            tokens.accept(TokenKind.GROUP);
            grantees.add(roles.role());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(grantees);
    }

    private @Nullable RoleName grantor() {
        if (!tokens.accept(TokenKind.GRANTED)) {
            return null;
        }
        tokens.expect(TokenKind.BY);
        return roles.role();
    }

    private GrantRole ofRoles(boolean grant, List<Privilege> privileges, boolean optionFor, int position) {
        tokens.expect(grant ? TokenKind.TO : TokenKind.FROM);
        List<RoleName> grantees = roles.roles();
        boolean admin = optionFor;
        if (grant && tokens.accept(TokenKind.WITH)) {
            tokens.expect(TokenKind.ADMIN, TokenKind.OPTION);
            admin = true;
        }
        RoleName grantor = grantor();
        DropBehavior behavior = grant ? DropBehavior.RESTRICT : DropParser.dropBehavior(tokens);
        List<String> names = new ArrayList<>(privileges.size());
        for (Privilege privilege : privileges) {
            names.add(String.valueOf(privilege.name()));
        }
        return new GrantRole(grant, List.copyOf(names), grantees, admin, grantor, behavior, position);
    }
}
