package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.function.Consumer;

/**
 * How a session's transactions end, in a block or around one statement: what becomes of its portals, what the next
 * transaction begins with, and whether the server runs again what conflicted. One thread at a time.
 */
final class TransactionBoundaries {
    private final Transactions transactions;
    private final Portals portals;
    private final Settings settings;
    private final SessionContext context;
    private final int maximumRetries;
    private final Consumer<Portal> hold;

    /** The settings' generation when the next transaction's own settings were made from their defaults. */
    private long defaultsGeneration = -1;

    /** @param hold takes the rows of a cursor WITH HOLD before its transaction ends */
    TransactionBoundaries(
            Transactions transactions,
            Portals portals,
            Settings settings,
            SessionContext context,
            int maximumRetries,
            Consumer<Portal> hold) {
        this.transactions = transactions;
        this.portals = portals;
        this.settings = settings;
        this.context = context;
        this.maximumRetries = maximumRetries;
        this.hold = hold;
        newTransactionDefaults();
    }

    private void newTransactionDefaults() {
        if (settings.generation() == defaultsGeneration) {
            return;
        }
        settings.force(
                "transaction_isolation", Transactions.inForce(settings.require("default_transaction_isolation")));
        settings.force("transaction_read_only", settings.require("default_transaction_read_only"));
        defaultsGeneration = settings.generation();
    }

    /** Commits: true if it did, false if the transaction had failed and was rolled back. */
    boolean commit() {
        try {
            holdPortals();
        } catch (SqlException e) {
            rollback();
            throw e;
        }
        portals.release();
        try {
            return transactions.commit();
        } finally {
            newTransactionDefaults();
        }
    }

    /** Lets cursors WITH HOLD outlive the transaction. */
    private void holdPortals() {
        for (Portal portal : portals.all()) {
            if (portal.holdable() && !portal.held() && !transactions.failed()) {
                hold.accept(portal);
            }
        }
    }

    void rollback() {
        portals.release();
        transactions.rollback();
        newTransactionDefaults();
    }

    /** Rolls back unless there is a block, which its client ends. */
    void rollbackImplicit() {
        if (!transactions.inBlock()) {
            rollback();
        }
    }

    /** A simple query failed: a block waits for its end from here on, any other transaction is over. */
    void simpleQueryFailed() {
        if (transactions.inBlock()) {
            extendedQueryFailed();
        } else {
            rollback();
        }
    }

    /** A message of the extended protocol failed: block or not, the transaction lasts until Sync or its end. */
    void extendedQueryFailed() {
        portals.release();
        transactions.fail();
    }

    /**
     * Rolls back what failed outside a block. Returns if it is to be run again: it conflicted, and nothing of its answer
     * has left the sink.
     *
     * @param attempt how often it was run again before
     * @param from where its answer begins in the sink
     * @throws SqlException the given one, if it is the client's
     */
    void repeatOrThrow(SqlException e, int attempt, ResultSink sink, long from) {
        boolean conflict = e.error().sqlState().equals(SqlState.SERIALIZATION_FAILURE);
        boolean again = conflict
                && attempt < maximumRetries
                && !context.interrupted()
                && !transactions.inBlock()
                && sink.rewind(from);
        rollbackImplicit();
        if (!again) {
            throw conflict && attempt > 0 ? saying(e, attempt) : e;
        }
        transactions.conflictIsRetried();
    }

    /** The conflict that the client hears of, with how often the server tried. */
    private static SqlException saying(SqlException e, int attempts) {
        return new SqlException(e.error()
                .withHint("The server has retried it " + attempts + (attempts == 1 ? " time" : " times")
                        + " without success; it might succeed if retried later."));
    }
}
