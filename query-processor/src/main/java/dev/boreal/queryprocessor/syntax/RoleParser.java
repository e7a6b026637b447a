package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.AlterRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.AlterRoleSetting;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Rename;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.RoleOption;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Role names, and CREATE and ALTER of roles. */
final class RoleParser {
    private static final String RESERVED_NAME = "42939";

    private final TokenCursor tokens;
    private final Grammar grammar;

    RoleParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** RoleSpec. */
    RoleName role() {
        int position = tokens.position();
        RoleName.Kind keyword = switch (tokens.kind()) {
            case CURRENT_ROLE -> RoleName.Kind.CURRENT_ROLE;
            case CURRENT_USER -> RoleName.Kind.CURRENT_USER;
            case SESSION_USER -> RoleName.Kind.SESSION_USER;
            default -> null;
        };
        if (keyword != null) {
            tokens.advance();
            return new RoleName(keyword, "", position);
        }
        String name = tokens.nonReservedWord();
        if (name.equals("public")) {
            return new RoleName(RoleName.Kind.PUBLIC, "", position);
        }
        if (name.equals("none")) {
            throw SyntaxErrors.at(RESERVED_NAME, "role name \"none\" is reserved", position);
        }
        return new RoleName(RoleName.Kind.NAMED, name, position);
    }

    List<RoleName> roles() {
        List<RoleName> roles = new ArrayList<>(1);
        do {
            roles.add(role());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(roles);
    }

    /** RoleId: the name of a role to be made. */
    String newRole() {
        RoleName role = role();
        return switch (role.kind()) {
            case NAMED -> role.name();
            case PUBLIC -> throw SyntaxErrors.at(RESERVED_NAME, "role name \"public\" is reserved", role.position());
            default ->
                throw SyntaxErrors.at(
                        RESERVED_NAME, role.kind().name() + " cannot be used as a role name here", role.position());
        };
    }

    /** CREATE ROLE, after CREATE. */
    Statement create(int position) {
        CreateRole.Kind kind = switch (tokens.kind()) {
            case USER -> CreateRole.Kind.USER;
            case GROUP -> CreateRole.Kind.GROUP;
            default -> CreateRole.Kind.ROLE;
        };
        tokens.advance();
        String name = newRole();
        tokens.accept(TokenKind.WITH);
        return new CreateRole(kind, name, options(true), position);
    }

    private List<RoleOption> options(boolean creating) {
        List<RoleOption> options = new ArrayList<>();
        RoleOption option = option(creating);
        while (option != null) {
            options.add(option);
            option = option(creating);
        }
        return List.copyOf(options);
    }

    private @Nullable RoleOption option(boolean creating) {
        int position = tokens.position();
        return switch (tokens.kind()) {
            case PASSWORD -> {
                tokens.advance();
                String password = tokens.accept(TokenKind.NULL) ? null : tokens.string();
                yield new RoleOption("password", false, password, 0, List.of(), position);
            }
            case ENCRYPTED -> {
                tokens.advance();
                tokens.expect(TokenKind.PASSWORD);
                yield new RoleOption("password", false, tokens.string(), 0, List.of(), position);
            }
            case UNENCRYPTED -> {
                tokens.advance();
                tokens.expect(TokenKind.PASSWORD);
                tokens.string();
                throw SyntaxErrors.at(
                        SqlState.FEATURE_NOT_SUPPORTED, "UNENCRYPTED PASSWORD is no longer supported", position);
            }
            case INHERIT -> {
                tokens.advance();
                yield flag("inherit", true, position);
            }
            case CONNECTION -> {
                tokens.advance();
                tokens.expect(TokenKind.LIMIT);
                yield new RoleOption("connectionlimit", false, null, tokens.signedInteger(), List.of(), position);
            }
            case VALID -> {
                tokens.advance();
                tokens.expect(TokenKind.UNTIL);
                yield new RoleOption("validUntil", false, tokens.string(), 0, List.of(), position);
            }
            case USER -> {
                tokens.advance();
                yield withRoles("rolemembers", position);
            }
            case IDENTIFIER -> {
                yield word(position);
            }
            default -> {
                yield creating ? creationOption(position) : null;
            }
        };
    }

    private @Nullable RoleOption creationOption(int position) {
        return switch (tokens.kind()) {
            case SYSID -> {
                tokens.advance();
                yield new RoleOption("sysid", false, null, tokens.integer(), List.of(), position);
            }
            case ADMIN -> {
                tokens.advance();
                yield withRoles("adminmembers", position);
            }
            case ROLE -> {
                tokens.advance();
                yield withRoles("rolemembers", position);
            }
            case IN -> {
                tokens.advance();
                if (!tokens.accept(TokenKind.ROLE)) {
                    tokens.expect(TokenKind.GROUP);
                }
                yield withRoles("addroleto", position);
            }
            default -> {
                yield null;
            }
        };
    }

    private RoleOption withRoles(String name, int position) {
        return new RoleOption(name, false, null, 0, roles(), position);
    }

    private RoleOption word(int position) {
        String word = tokens.columnId();
        boolean on = !word.startsWith("no");
        return switch (word) {
            case "superuser", "nosuperuser" -> flag("superuser", on, position);
            case "createrole", "nocreaterole" -> flag("createrole", on, position);
            case "createdb", "nocreatedb" -> flag("createdb", on, position);
            case "login", "nologin" -> flag("canlogin", on, position);
            case "replication", "noreplication" -> flag("isreplication", on, position);
            case "bypassrls", "nobypassrls" -> flag("bypassrls", on, position);
            case "noinherit" -> flag("inherit", false, position);
            default -> throw SyntaxErrors.at("unrecognized role option \"" + word + "\"", position);
        };
    }

    private static RoleOption flag(String name, boolean on, int position) {
        return new RoleOption(name, on, null, 0, List.of(), position);
    }

    /** ALTER ROLE, USER or GROUP, after ALTER. */
    Statement alter(int position) {
        boolean group = tokens.is(TokenKind.GROUP);
        tokens.advance();
        if (!group && tokens.accept(TokenKind.ALL)) {
            return setting(null, position);
        }
        RoleName role = role();
        if (tokens.accept(TokenKind.RENAME)) {
            tokens.expect(TokenKind.TO);
            QualifiedName name = QualifiedName.of(role.name(), role.position());
            return new Rename(ObjectKind.ROLE, ObjectReference.of(name), false, null, null, newRole(), position);
        }
        if (group) {
            boolean add = tokens.accept(TokenKind.ADD);
            if (!add) {
                tokens.expect(TokenKind.DROP);
            }
            int optionPosition = tokens.position();
            tokens.expect(TokenKind.USER);
            RoleOption members = new RoleOption("rolemembers", add, null, 0, roles(), optionPosition);
            return new AlterRole(role, List.of(members), position);
        }
        if (tokens.is(TokenKind.IN) || tokens.is(TokenKind.SET) || tokens.is(TokenKind.RESET)) {
            return setting(role, position);
        }
        tokens.accept(TokenKind.WITH);
        return new AlterRole(role, options(false), position);
    }

    private Statement setting(@Nullable RoleName role, int position) {
        String database = null;
        if (tokens.accept(TokenKind.IN)) {
            tokens.expect(TokenKind.DATABASE);
            database = tokens.columnId();
        }
        SettingParser settings = new SettingParser(grammar);
        int start = tokens.position();
        if (tokens.is(TokenKind.RESET)) {
            return new AlterRoleSetting(role, database, settings.reset(), position);
        }
        tokens.expect(TokenKind.SET);
        if (settings.rest(false, start) instanceof SessionStatement setting) {
            return new AlterRoleSetting(role, database, setting, position);
        }
        throw tokens.syntaxError();
    }
}
