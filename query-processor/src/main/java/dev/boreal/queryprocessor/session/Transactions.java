package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.IsolationLevel;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Modes;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's transactions: begun at the first statement that needs a snapshot, in a block or not, failed or not. One
 * thread at a time.
 */
final class Transactions {
    private final Database database;
    private final Settings settings;
    private final SessionContext context;
    private final Interruption interruption;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private @Nullable BufferedTransaction current;
    private ConflictLog.@Nullable Entry lastConflict;
    /**
     * When the winner of the last conflict committed, which may be ahead of the clock: a snapshot from before would meet
     * the same conflict again.
     */
    private long notBefore;

    private boolean block;
    private boolean failed;

    private record Savepoint(String name, long mark, Settings.Mark settings) {}

    Transactions(Database database, Settings settings, SessionContext context, Interruption interruption) {
        this.database = database;
        this.settings = settings;
        this.context = context;
        this.interruption = interruption;
    }

    boolean inBlock() {
        return block;
    }

    boolean failed() {
        return failed;
    }

    boolean active() {
        return current != null;
    }

    /** The transaction; one must have been {@link #begin begun}. */
    BufferedTransaction current() {
        if (current == null) {
            throw new IllegalStateException("no transaction");
        }
        return current;
    }

    /** Whether the current transaction's COMMIT would wait. */
    boolean commitWaits() {
        return current != null && !failed && current.hasEffects();
    }

    /**
     * Takes a snapshot unless there is one.
     *
     * @return false if that would wait and {@code mayBlock} is not set; nothing happened then
     */
    boolean begin(boolean mayBlock) {
        if (!mayBlock && !database.storage().answersInProcess()) {
            return false;
        }
        if (current != null) {
            return true;
        }
        long snapshot = Math.max(database.clock().latest(), notBefore);
        if (mayBlock) {
            awaitReach(snapshot);
        } else if (!database.storage().tryReach(snapshot)
                || !database.catalogs().isCurrent(snapshot)) {
            return false;
        }
        boolean readOnly = settings.isOn("transaction_read_only");
        boolean serializable = settings.require("transaction_isolation").equals("serializable");
        BufferedTransaction began = database.newTransaction(snapshot, readOnly, serializable);
        current = began;
        context.transactionBegan(began);
        return true;
    }

    private void awaitReach(long snapshot) {
        if (!database.storage().answersInProcess()) {
            if (database.storage().tryReach(snapshot)) {
                return;
            }
            // The replica asks too, but its question has a longer way.
            database.expectReads(snapshot);
        }
        boolean reached = false;
        try {
            reached = interruption.await(() -> database.storage().awaitReach(snapshot));
        } catch (SqlException refused) {
            if (!refused.error().sqlState().equals(SqlState.QUERY_CANCELED)) {
                throw refused;
            }
        }
        if (!reached) {
            interruption.check();
            throw new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
    }

    void requireUsable() {
        if (failed) {
            throw new SqlException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction block");
        }
    }

    // Blocks ----------------------------------------------------------------------------------------------------

    /** BEGIN. */
    void beginBlock(Modes modes) {
        if (block) {
            context.notice(
                    SqlError.warning(SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress"));
        }
        block = true;
        apply(modes);
    }

    /** SET TRANSACTION. */
    void apply(Modes modes) {
        IsolationLevel isolation = modes.isolation();
        if (isolation != null) {
            isolate(inForce(isolation.setting()));
        }
        Boolean readOnly = modes.readOnly();
        if (readOnly != null) {
            readOnly(readOnly);
        }
    }

    /**
     * Sets the level of this transaction only.
     *
     * @throws SqlException 25001: it has another one already, and a snapshot
     */
    void isolate(String level) {
        if (current != null && !level.equals(settings.require("transaction_isolation"))) {
            throw new SqlException(
                    SqlState.ACTIVE_SQL_TRANSACTION, "SET TRANSACTION ISOLATION LEVEL must be called before any query");
        }
        settings.set("transaction_isolation", level, true);
    }

    /**
     * Sets whether this transaction may write.
     *
     * @throws SqlException 25001: it may not, and has a snapshot
     */
    void readOnly(boolean readOnly) {
        if (current != null && !readOnly && readOnly()) {
            throw new SqlException(
                    SqlState.ACTIVE_SQL_TRANSACTION, "transaction read-write mode must be set before any query");
        }
        settings.set("transaction_read_only", readOnly ? "on" : "off", true);
    }

    /** The level that runs when one is asked for: everything below SERIALIZABLE is snapshot isolation. */
    static String inForce(String level) {
        return level.equals("serializable") ? level : "repeatable read";
    }

    boolean readOnly() {
        return settings.isOn("transaction_read_only");
    }

    /**
     * Ends the transaction by commit; after a failure by rollback. Blocks if {@link #commitWaits}.
     *
     * @return whether it committed
     * @throws SqlException 40001 and others: nothing was committed, and the transaction is over
     */
    boolean commit() {
        boolean commits = !failed;
        BufferedTransaction transaction = current;
        try {
            if (commits && transaction != null && transaction.hasEffects()) {
                commits = false;
                interruption.check();
                transaction.deferredChecks().run();
                CommitOutcome outcome =
                        database.commit(transaction, settings.require("application_name"), interruption);
                if (!(outcome instanceof CommitOutcome.Committed)) {
                    throw refusal(outcome, transaction);
                }
                commits = true;
            }
            return commits;
        } finally {
            end(commits);
        }
    }

    private SqlException refusal(CommitOutcome outcome, BufferedTransaction transaction) {
        if (!(outcome instanceof CommitOutcome.Conflicted(Conflict conflict))) {
            return ConflictReport.refusal(outcome);
        }
        ConflictReport report = ConflictReport.of(conflict, transaction, context);
        notBefore = conflict.winnerTimestamp();
        lastConflict = database.conflicts()
                .add(
                        report,
                        new ConflictLog.Loser(
                                transaction.id(),
                                context.processId(),
                                context.sessionUser(),
                                settings.require("application_name")),
                        context.clockTimestampMicros());
        return new SqlException(report.error());
    }

    /** The transaction that met a conflict last is run again by the server. */
    void conflictIsRetried() {
        if (lastConflict != null) {
            lastConflict.retry();
        }
    }

    void rollback() {
        end(false);
    }

    private void end(boolean committed) {
        if (current != null) {
            current.close();
            current = null;
        }
        context.transactionEnded();
        savepoints.clear();
        block = false;
        failed = false;
        if (committed) {
            settings.committed();
        } else {
            settings.rolledBack();
        }
    }

    /** A statement failed: inside a block everything but its end is refused from here on. */
    void fail() {
        failed = true;
    }

    // Savepoints ------------------------------------------------------------------------------------------------

    void savepoint(String name) {
        savepoints.add(new Savepoint(name, current().mark(), settings.mark()));
    }

    void release(String name) {
        int found = find(name);
        savepoints.subList(found, savepoints.size()).clear();
    }

    void rollbackTo(String name) {
        int found = find(name);
        current().rollbackTo(savepoints.get(found).mark());
        settings.rollbackTo(savepoints.get(found).settings());
        savepoints.subList(found + 1, savepoints.size()).clear();
        failed = false;
    }

    private int find(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new SqlException(SqlState.INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"" + name + "\" does not exist");
    }
}
