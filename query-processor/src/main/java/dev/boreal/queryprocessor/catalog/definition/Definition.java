package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogEditor;
import dev.boreal.queryprocessor.catalog.CatalogKeys;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One definition while it is executed: the session's ports, the catalog under change, and what all definitions share. */
final class Definition {
    final DefinitionContext context;
    final CatalogEditor editor;
    private final List<String> searchPath;

    Definition(DefinitionContext context, List<String> searchPath) {
        this.context = context;
        this.editor = new CatalogEditor(context.transaction(), context.store());
        this.searchPath = searchPath;
    }

    CatalogSnapshot catalog() {
        return context.transaction().catalog();
    }

    CatalogNames names() {
        return new CatalogNames(catalog(), searchPath);
    }

    int newOid() {
        return context.identifiers().nextOid();
    }

    int newStorageId() {
        return context.identifiers().nextStorageId();
    }

    void notice(String message) {
        context.evaluation().notice(SqlError.notice(message));
    }

    void notice(SqlError notice) {
        context.evaluation().notice(notice);
    }

    /** The notice of IF NOT EXISTS. */
    void noticeExists(String sqlState, String what) {
        notice(SqlError.error(sqlState, what + " already exists, skipping").withSeverity(SqlError.Severity.NOTICE));
    }

    int currentRole() {
        return requireRole(context.evaluation().currentUser()).oid();
    }

    Role requireRole(String name) {
        Role role = catalog().findRole(name);
        if (role == null) {
            throw error(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
        }
        return role;
    }

    Role requireRole(RoleName name) {
        return switch (name.kind()) {
            case NAMED -> requireRole(name.name());
            case CURRENT_ROLE, CURRENT_USER -> requireRole(context.evaluation().currentUser());
            case SESSION_USER -> requireRole(context.evaluation().sessionUser());
            case PUBLIC -> throw error(SqlState.UNDEFINED_OBJECT, "role \"public\" does not exist");
        };
    }

    /** The schema in which to create; system schemas are refused. */
    Schema creationSchema(QualifiedName name) {
        Schema schema = names().schemaForCreation(name);
        if (isSystem(schema)) {
            throw new SqlException(SqlError.error(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied to create \"" + schema.name() + "." + name.name() + "\"")
                    .withDetail("System catalog modifications are currently disallowed."));
        }
        return schema;
    }

    static boolean isSystem(Schema schema) {
        return schema.oid() == Schema.PG_CATALOG || schema.oid() == Schema.INFORMATION_SCHEMA;
    }

    void requireFreeName(Schema schema, String name) {
        if (names().findIn(schema.oid(), name) != null) {
            throw error(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
    }

    /** The relation or index, which must not be the system's. */
    CatalogNames.Found requireChangeable(QualifiedName name) {
        CatalogNames.Found found = names().require(name);
        if (found.relation() instanceof SystemTable) {
            throw error(
                    SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + name.name() + "\" is a system catalog");
        }
        return found;
    }

    /** The table of ALTER TABLE and its kin; 42809 if the name is another thing's. */
    Table requireTable(QualifiedName name) {
        CatalogNames.Found found = requireChangeable(name);
        if (found.index() == null && found.relation() instanceof Table table) {
            return table;
        }
        throw error(SqlState.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is not a table");
    }

    /** The table as it is now, after changes. */
    Table current(Table table) {
        if (catalog().relation(table.oid()) instanceof Table now) {
            return now;
        }
        throw new IllegalStateException("table " + table.name() + " is gone");
    }

    /** Checks an expression for a column; sequences in it are named in full from here on. */
    ExpressionChecker.Checked check(
            Expression expression, ExpressionChecker.Purpose purpose, Table scope, Column target) {
        ExpressionChecker.Checked checked = context.expressions().check(expression, purpose, scope, target);
        return new ExpressionChecker.Checked(
                SequenceText.qualify(checked.sql(), names()),
                checked.type(),
                checked.columns(),
                checked.isVolatile(),
                checked.isNull());
    }

    /** Nobody writes the table between this transaction's snapshot and its commit. */
    void claim(Table table) {
        context.transaction().accessTableVersion(table.oid(), AccessMode.KEY_WRITE);
    }

    void purge(int storageId) {
        context.transaction().purge(CatalogKeys.ofStorage(storageId));
    }

    /** Gives back the rows and index entries of a table. */
    void purgeAll(Table table) {
        purge(table.storageId());
        for (Index index : table.indexes()) {
            if (!index.primary()) {
                purge(index.storageId());
            }
        }
    }

    static String kindOf(Relation relation) {
        return switch (relation) {
            case Table table -> "table";
            case SystemTable system -> "table";
            case View view -> "view";
            case Sequence sequence -> "sequence";
        };
    }

    static SqlException error(String sqlState, String message) {
        return new SqlException(sqlState, message);
    }

    static SqlException error(String sqlState, String message, int position) {
        return new SqlException(SqlError.error(sqlState, message).withPosition(position));
    }

    static SqlException error(String sqlState, String message, @Nullable String detail, @Nullable String hint) {
        return new SqlException(
                SqlError.error(sqlState, message).withDetail(detail).withHint(hint));
    }
}
