package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their like, SET TRANSACTION and SET CONSTRAINTS. */
final class TransactionCommands {
    private final Session session;
    private final SettingCommands settings;

    TransactionCommands(Session session, SettingCommands settings) {
        this.session = session;
        this.settings = settings;
    }

    /** Whether a failed transaction takes a statement. */
    static boolean endsTransaction(Statement statement) {
        return statement instanceof TransactionStatement.Commit
                || statement instanceof TransactionStatement.Rollback
                || statement instanceof TransactionStatement.RollbackTo;
    }

    /** Runs one of them, and answers for it. */
    Progress run(TransactionStatement statement, boolean mayBlock) {
        Transactions transactions = session.transactions();
        switch (statement) {
            case TransactionStatement.Begin begin -> transactions.beginBlock(begin.modes());
            case TransactionStatement.Commit commit -> {
                if (!mayBlock && transactions.commitWaits()) {
                    return Progress.WOULD_BLOCK;
                }
                return commit(commit);
            }
            case TransactionStatement.Rollback rollback -> {
                if (rollback.chain()) {
                    requireBlock("ROLLBACK AND CHAIN");
                }
                warnOutsideBlock();
                session.boundaries().rollback();
                if (rollback.chain()) {
                    transactions.beginBlock(TransactionStatement.Modes.NONE);
                }
            }
            case TransactionStatement.SetTransaction set -> {
                if (set.snapshot() != null) {
                    throw SqlException.notSupported("SET TRANSACTION SNAPSHOT");
                }
                settings.setTransaction(set);
            }
            case TransactionStatement.SetConstraints set -> {
                if (!transactions.begin(mayBlock)) {
                    return Progress.WOULD_BLOCK;
                }
                new ConstraintTiming(session).set(set);
            }
            case TransactionStatement.Savepoint savepoint -> {
                requireBlock("SAVEPOINT");
                if (!transactions.begin(mayBlock)) {
                    return Progress.WOULD_BLOCK;
                }
                transactions.savepoint(savepoint.name());
            }
            case TransactionStatement.Release release -> {
                requireBlock("RELEASE SAVEPOINT");
                transactions.release(release.name());
            }
            case TransactionStatement.RollbackTo rollback -> {
                requireBlock("ROLLBACK TO SAVEPOINT");
                session.portals().release();
                transactions.rollbackTo(rollback.name());
            }
        }
        session.tags().complete(statement.commandTag());
        return Progress.DONE;
    }

    private Progress commit(TransactionStatement.Commit commit) {
        if (commit.chain()) {
            requireBlock("COMMIT AND CHAIN");
        }
        warnOutsideBlock();
        boolean committed = session.boundaries().commit();
        if (commit.chain()) {
            session.transactions().beginBlock(TransactionStatement.Modes.NONE);
        }
        session.tags().complete(committed ? "COMMIT" : "ROLLBACK");
        return Progress.DONE;
    }

    private void warnOutsideBlock() {
        if (!session.transactions().inBlock()) {
            session.context()
                    .notice(SqlError.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress"));
        }
    }

    private void requireBlock(String command) {
        if (!session.transactions().inBlock()) {
            throw new SqlException(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION, command + " can only be used in transaction blocks");
        }
    }
}
