package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.AlterRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.DropRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.GrantRole;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.RoleOption;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import java.util.ArrayList;
import java.util.List;

/** Roles: CREATE, ALTER, DROP, and membership. */
final class RoleDefinition {
    private static final String INVALID_GRANT = "0LP01";
    private static final String OBJECT_IN_USE = "55006";
    private static final String RESERVED_NAME = "42939";

    private final Definition definition;

    RoleDefinition(Definition definition) {
        this.definition = definition;
    }

    String create(CreateRole create) {
        requireUsable(create.name());
        if (definition.catalog().findRole(create.name()) != null) {
            throw error(SqlState.DUPLICATE_OBJECT, "role \"" + create.name() + "\" already exists");
        }
        Role role = new Role(
                definition.newOid(),
                create.name(),
                false,
                true,
                false,
                false,
                create.kind() == CreateRole.Kind.USER,
                new Credential.None(),
                List.of());
        change(role, create.options());
        return create.commandTag();
    }

    private static void requireUsable(String name) {
        if (name.startsWith("pg_")) {
            throw error(
                    RESERVED_NAME,
                    "role name \"" + name + "\" is reserved",
                    "Role names starting with \"pg_\" are reserved.",
                    null);
        }
        if (name.equals("public") || name.equals("none")) {
            throw error(RESERVED_NAME, "role name \"" + name + "\" is reserved");
        }
    }

    String alter(AlterRole alter) {
        change(definition.requireRole(alter.role()), alter.options());
        return alter.commandTag();
    }

    private void change(Role before, List<RoleOption> options) {
        Role role = before;
        List<RoleOption> memberships = new ArrayList<>();
        for (RoleOption option : options) {
            role = switch (option.name()) {
                case "superuser" -> with(role, option.flag(), role.canLogin(), role.credential());
                case "canlogin" -> with(role, role.superuser(), option.flag(), role.credential());
                case "inherit" -> with(role, option.flag(), role.createRole(), role.createDatabase());
                case "createrole" -> with(role, role.inherit(), option.flag(), role.createDatabase());
                case "createdb" -> with(role, role.inherit(), role.createRole(), option.flag());
                case "password" -> {
                    String password = option.text();
                    Credential credential = password == null
                            ? new Credential.None()
                            : ScramVerifier.of(password, definition.context.salt());
                    yield with(role, role.superuser(), role.canLogin(), credential);
                }
                case "addroleto", "rolemembers", "adminmembers" -> {
                    memberships.add(option);
                    yield role;
                }
                case "isreplication", "bypassrls" -> {
                    if (option.flag()) {
                        throw SqlException.notSupported("role attribute " + option.name());
                    }
                    yield role;
                }
                case "connectionlimit" -> {
                    if (option.number() != -1) {
                        throw SqlException.notSupported("CONNECTION LIMIT");
                    }
                    yield role;
                }
                case "validUntil" -> throw SqlException.notSupported("VALID UNTIL");
                default -> role;
            };
        }
        definition.editor.put(role);
        for (RoleOption option : memberships) {
            for (RoleName other : option.roles()) {
                Role named = definition.requireRole(other);
                boolean joins = option.name().equals("addroleto");
                addMember(joins ? named : role, joins ? role : named);
            }
        }
    }

    private static Role with(Role role, boolean superuser, boolean canLogin, Credential credential) {
        return new Role(
                role.oid(),
                role.name(),
                superuser,
                role.inherit(),
                role.createRole(),
                role.createDatabase(),
                canLogin,
                credential,
                role.memberOf());
    }

    private static Role with(Role role, boolean inherit, boolean createRole, boolean createDatabase) {
        return new Role(
                role.oid(),
                role.name(),
                role.superuser(),
                inherit,
                createRole,
                createDatabase,
                role.canLogin(),
                role.credential(),
                role.memberOf());
    }

    private static Role with(Role role, String name, List<Integer> memberOf) {
        return new Role(
                role.oid(),
                name,
                role.superuser(),
                role.inherit(),
                role.createRole(),
                role.createDatabase(),
                role.canLogin(),
                role.credential(),
                memberOf);
    }

    void rename(String name, String newName) {
        Role role = definition.requireRole(name);
        requireUsable(newName);
        if (definition.catalog().findRole(newName) != null) {
            throw error(SqlState.DUPLICATE_OBJECT, "role \"" + newName + "\" already exists");
        }
        if (name.equals(definition.context.evaluation().sessionUser())) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "session user cannot be renamed");
        }
        definition.editor.put(with(role, newName, role.memberOf()));
    }

    String drop(DropRole drop) {
        for (RoleName name : drop.roles()) {
            if (drop.ifExists() && definition.catalog().findRole(name.name()) == null) {
                definition.notice("role \"" + name.name() + "\" does not exist, skipping");
                continue;
            }
            drop(definition.requireRole(name));
        }
        return drop.commandTag();
    }

    private void drop(Role role) {
        if (role.name().equals(definition.context.evaluation().currentUser())) {
            throw error(OBJECT_IN_USE, "current user cannot be dropped");
        }
        if (role.name().equals(definition.context.evaluation().sessionUser())) {
            throw error(OBJECT_IN_USE, "session user cannot be dropped");
        }
        if (role.oid() == Role.BOOTSTRAP) {
            throw error(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop role " + role.name() + " because it is required by the database system");
        }
        requireOwnsNothing(role);
        for (Role other : List.copyOf(definition.catalog().roles())) {
            if (other.memberOf().contains(role.oid())) {
                removeMember(role, other);
            }
        }
        definition.editor.remove(role);
    }

    private void requireOwnsNothing(Role role) {
        List<String> owned = new ArrayList<>();
        CatalogNames names = definition.names();
        for (Schema schema : definition.catalog().schemas()) {
            if (schema.ownerOid() == role.oid()) {
                owned.add("owner of schema " + Identifiers.quote(schema.name()));
            }
        }
        for (Relation relation : definition.catalog().relations()) {
            if (relation.ownerOid() == role.oid() && !(relation instanceof SystemTable)) {
                owned.add("owner of " + Definition.kindOf(relation) + " " + names.print(relation.oid()));
            }
        }
        if (!owned.isEmpty()) {
            throw error(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "role \"" + role.name() + "\" cannot be dropped because some objects depend on it",
                    String.join("\n", owned),
                    null);
        }
    }

    String grant(GrantRole grant) {
        if (grant.adminOption()) {
            throw SqlException.notSupported("WITH ADMIN OPTION");
        }
        for (String roleName : grant.roles()) {
            for (RoleName grantee : grant.grantees()) {
                Role role = definition.requireRole(roleName);
                Role member = definition.requireRole(grantee);
                if (grant.grant()) {
                    addMember(role, member);
                } else if (member.memberOf().contains(role.oid())) {
                    removeMember(role, member);
                } else {
                    definition.notice(SqlError.warning(
                            SqlState.WARNING,
                            "role \"" + member.name() + "\" is not a member of role \"" + role.name() + "\""));
                }
            }
        }
        return grant.commandTag();
    }

    private void addMember(Role role, Role member) {
        if (role.oid() == member.oid() || reaches(role, member)) {
            throw error(INVALID_GRANT, "role \"" + role.name() + "\" is a member of role \"" + member.name() + "\"");
        }
        if (member.memberOf().contains(role.oid())) {
            definition.notice("role \"" + member.name() + "\" is already a member of role \"" + role.name() + "\"");
            return;
        }
        List<Integer> memberOf = new ArrayList<>(member.memberOf());
        memberOf.add(role.oid());
        definition.editor.put(with(member, member.name(), memberOf));
    }

    private void removeMember(Role role, Role member) {
        List<Integer> memberOf = new ArrayList<>(member.memberOf());
        memberOf.removeIf(oid -> oid == role.oid());
        definition.editor.put(with(member, member.name(), memberOf));
    }

    /** Whether {@code from} is a member of {@code target}, through others too. */
    private boolean reaches(Role from, Role target) {
        for (int oid : from.memberOf()) {
            Role above = definition.catalog().role(oid);
            if (oid == target.oid() || above != null && reaches(above, target)) {
                return true;
            }
        }
        return false;
    }
}
