package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement;

/**
 * VACUUM, ANALYZE, LOCK TABLE, CHECKPOINT. There is nothing to vacuum: storage drops old versions by itself; the statement
 * is accepted because PostgreSQL's tools send it.
 */
final class MaintenanceCommands {
    private final Session session;
    private final TableAnalysis analysis;

    MaintenanceCommands(Database database, Session session) {
        this.session = session;
        analysis = new TableAnalysis(database, session);
    }

    void run(UtilityStatement statement) {
        switch (statement) {
            case UtilityStatement.Vacuum vacuum -> vacuum(vacuum);
            case UtilityStatement.LockTable lock -> lock(lock);
            case UtilityStatement.Checkpoint ignored -> {}
            case UtilityStatement.Cluster ignored -> throw SqlException.notSupported("CLUSTER");
            case UtilityStatement.Reindex ignored -> throw SqlException.notSupported("REINDEX");
            case UtilityStatement.Do ignored -> throw SqlException.notSupported("DO");
            case UtilityStatement.Call ignored -> throw SqlException.notSupported("CALL");
            default -> throw new IllegalStateException("not maintenance: " + statement);
        }
        session.tags().complete(statement.commandTag());
    }

    private void vacuum(UtilityStatement.Vacuum vacuum) {
        if (!vacuum.analyzeOnly() && session.transactions().inBlock()) {
            throw new SqlException(SqlState.ACTIVE_SQL_TRANSACTION, "VACUUM cannot run inside a transaction block");
        }
        boolean analyzes = vacuum.analyzeOnly()
                || vacuum.options().stream().anyMatch(option -> option.name().equalsIgnoreCase("analyze"));
        if (vacuum.targets().isEmpty()) {
            if (analyzes) {
                for (Relation relation :
                        session.transactions().current().catalog().relations()) {
                    if (relation instanceof Table table) {
                        analysis.analyze(table);
                    }
                }
            }
            return;
        }
        for (UtilityStatement.VacuumTarget target : vacuum.targets()) {
            Table table = table(target.table());
            if (analyzes) {
                analysis.analyze(table);
            }
        }
    }

    private Table table(QualifiedName name) {
        Relation relation = new CatalogNames(
                        session.transactions().current().catalog(),
                        session.context().searchPath())
                .relationOfQuery(name);
        if (relation instanceof Table table) {
            return table;
        }
        throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not a table");
    }

    /** A lock that keeps writers out is a claim of the table's version; weaker ones are what every statement has anyway. */
    private void lock(UtilityStatement.LockTable lock) {
        if (!session.transactions().inBlock()) {
            throw new SqlException(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION, "LOCK TABLE can only be used in transaction blocks");
        }
        for (TableExpression.Table target : lock.tables()) {
            Table table = table(target.name());
            switch (lock.mode()) {
                case ACCESS_SHARE, ROW_SHARE -> {}
                case ROW_EXCLUSIVE ->
                    session.transactions().current().accessTableVersion(table.oid(), AccessMode.KEY_SHARE);
                default -> session.transactions().current().accessTableVersion(table.oid(), AccessMode.KEY_WRITE);
            }
        }
    }
}
