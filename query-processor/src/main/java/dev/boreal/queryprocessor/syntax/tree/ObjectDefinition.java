package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that define things other than relations, and those that treat all kinds of things alike. */
public sealed interface ObjectDefinition extends DefinitionStatement {

    /** {@code name} is null for {@code CREATE SCHEMA AUTHORIZATION role}; {@code elements} are the statements that follow. */
    record CreateSchema(
            @Nullable String name,
            @Nullable RoleName authorization,
            boolean ifNotExists,
            List<Statement> elements,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "CREATE SCHEMA";
        }
    }

    record CreateEnum(QualifiedName name, List<String> labels, int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "CREATE TYPE";
        }
    }

    /** {@code ALTER TYPE name ADD VALUE ...}; at most one of {@code before} and {@code after} is given. */
    record AlterEnumAddValue(
            QualifiedName name,
            String label,
            boolean ifNotExists,
            @Nullable String before,
            @Nullable String after,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER TYPE";
        }
    }

    record AlterEnumRenameValue(QualifiedName name, String label, String newLabel, int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER TYPE";
        }
    }

    record CreateDomain(
            QualifiedName name,
            TypeName type,
            @Nullable QualifiedName collation,
            List<Constraint> constraints,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "CREATE DOMAIN";
        }
    }

    /** CREATE EXTENSION: its schema, version and CASCADE are options. */
    record CreateExtension(String name, boolean ifNotExists, List<Option> options, int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "CREATE EXTENSION";
        }
    }

    record CreateDatabase(String name, List<Option> options, int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "CREATE DATABASE";
        }
    }

    /** DROP of any kind but ROLE. */
    record Drop(
            ObjectKind kind,
            List<ObjectReference> objects,
            boolean ifExists,
            boolean concurrently,
            DropBehavior behavior,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "DROP " + kind.sql();
        }
    }

    /**
     * ALTER ... RENAME.
     *
     * @param kind what was written after ALTER
     * @param part COLUMN or CONSTRAINT when a part of the object is renamed, else null
     * @param partName the part's name, null exactly when {@code part} is
     */
    record Rename(
            ObjectKind kind,
            ObjectReference object,
            boolean ifExists,
            @Nullable ObjectKind part,
            @Nullable String partName,
            String newName,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER " + kind.sql();
        }
    }

    record SetSchema(ObjectKind kind, ObjectReference object, boolean ifExists, String newSchema, int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER " + kind.sql();
        }
    }

    /** ALTER ... OWNER TO of what is no relation; a relation's is {@link AlterTable.ChangeOwner}. */
    record SetOwner(ObjectKind kind, ObjectReference object, RoleName owner, int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER " + kind.sql();
        }
    }

    /** {@code text} is null for IS NULL, which removes the comment. */
    record Comment(
            ObjectKind kind,
            ObjectReference object,
            @Nullable String text,
            int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "COMMENT";
        }
    }

    /**
     * GRANT or REVOKE of privileges.
     *
     * @param grant false for REVOKE
     * @param privileges empty for ALL
     * @param allInSchema the objects are schemas, all of whose tables (sequences, functions) are meant
     * @param grantOption WITH GRANT OPTION or, in REVOKE, GRANT OPTION FOR
     */
    record Grant(
            boolean grant,
            List<Privilege> privileges,
            ObjectKind kind,
            List<ObjectReference> objects,
            boolean allInSchema,
            List<RoleName> grantees,
            boolean grantOption,
            @Nullable RoleName grantor,
            DropBehavior behavior,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return grant ? "GRANT" : "REVOKE";
        }
    }

    /** {@code name} is lower case; null for ALL of some columns. */
    record Privilege(@Nullable String name, List<String> columns, int position) implements Node {}

    /** GRANT or REVOKE of membership. */
    record GrantRole(
            boolean grant,
            List<String> roles,
            List<RoleName> grantees,
            boolean adminOption,
            @Nullable RoleName grantor,
            DropBehavior behavior,
            int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return grant ? "GRANT ROLE" : "REVOKE ROLE";
        }
    }

    /** CREATE ROLE, USER or GROUP. */
    record CreateRole(Kind kind, String name, List<RoleOption> options, int position) implements ObjectDefinition {
        public enum Kind {
            ROLE,
            USER,
            GROUP
        }

        @Override
        public String commandTag() {
            return "CREATE ROLE";
        }
    }

    record AlterRole(RoleName role, List<RoleOption> options, int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER ROLE";
        }
    }

    /** {@code ALTER ROLE role [IN DATABASE database] SET ...}; {@code role} is null for ALL. */
    record AlterRoleSetting(
            @Nullable RoleName role, @Nullable String database, SessionStatement setting, int position)
            implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "ALTER ROLE";
        }
    }

    record DropRole(List<RoleName> roles, boolean ifExists, int position) implements ObjectDefinition {
        @Override
        public String commandTag() {
            return "DROP ROLE";
        }
    }

    /**
     * An option of a role: {@code name} is PostgreSQL's internal one (superuser, createdb, createrole, inherit, canlogin, isreplication,
     * bypassrls: {@code flag}; password, validUntil, sysid: {@code text}, null for PASSWORD NULL; connectionlimit: {@code number}; addroleto, rolemembers,
     * adminmembers: {@code roles}).
     */
    record RoleOption(String name, boolean flag, @Nullable String text, int number, List<RoleName> roles, int position)
            implements Node {}
}
