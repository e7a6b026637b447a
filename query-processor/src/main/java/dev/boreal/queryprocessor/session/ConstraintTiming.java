package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.SetConstraints;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;

/** SET CONSTRAINTS: which deferrable constraints wait for COMMIT. */
final class ConstraintTiming {
    private final Session session;

    ConstraintTiming(Session session) {
        this.session = session;
    }

    void set(SetConstraints statement) {
        if (!session.transactions().inBlock()) {
            session.context()
                    .notice(SqlError.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION,
                            "SET CONSTRAINTS can only be used in transaction blocks"));
        }
        BufferedTransaction transaction = session.transactions().current();
        if (statement.constraints().isEmpty()) {
            transaction.deferredChecks().setAll(statement.deferred());
        }
        for (QualifiedName name : statement.constraints()) {
            set(name, statement.deferred(), transaction);
        }
    }

    /** The constraints of that name in the first schema of the search path, or in the schema named, that has any. */
    private void set(QualifiedName name, boolean deferred, BufferedTransaction transaction) {
        CatalogSnapshot catalog = transaction.catalog();
        String schemaName = name.schema();
        boolean found = false;
        if (schemaName != null) {
            Schema schema = new CatalogNames(catalog, session.context().searchPath()).requireSchema(schemaName);
            found = setIn(schema, name.name(), deferred, transaction);
        } else {
            for (String visible : session.context().searchPath()) {
                Schema schema = catalog.findSchema(visible);
                found = found || (schema != null && setIn(schema, name.name(), deferred, transaction));
            }
        }
        if (!found) {
            throw new SqlException(SqlState.UNDEFINED_OBJECT, "constraint \"" + name.name() + "\" does not exist");
        }
    }

    private static boolean setIn(Schema schema, String name, boolean deferred, BufferedTransaction transaction) {
        boolean found = false;
        for (Relation relation : transaction.catalog().relations()) {
            Constraint constraint = relation instanceof Table table && table.schemaOid() == schema.oid()
                    ? table.findConstraint(name)
                    : null;
            if (constraint != null) {
                if (!(constraint instanceof Constraint.ForeignKey key && key.deferrable())) {
                    throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "constraint \"" + name + "\" is not deferrable");
                }
                transaction.deferredChecks().set(constraint.oid(), deferred);
                found = true;
            }
        }
        return found;
    }
}
