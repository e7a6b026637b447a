package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs transactions of the query processor's own, such as taking a block of a counter, until they commit. Blocks. */
final class SmallTransactions {
    private static final int ATTEMPTS = 1_000;

    private final Supplier<BufferedTransaction> begin;
    private final Adjudicator adjudicator;

    SmallTransactions(Supplier<BufferedTransaction> begin, Adjudicator adjudicator) {
        this.begin = begin;
        this.adjudicator = adjudicator;
    }

    /** Runs {@code work}, which may run more than once, and commits what it wrote. */
    <T> T run(String purpose, Function<BufferedTransaction, T> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (BufferedTransaction transaction = begin.get()) {
                T result = work.apply(transaction);
                if (!transaction.hasEffects()) {
                    return result;
                }
                CommitOutcome outcome = transaction.commit(adjudicator, purpose, "");
                switch (outcome) {
                    case CommitOutcome.Committed committed -> {
                        return result;
                    }
                    case CommitOutcome.Conflicted conflicted -> {}
                    case CommitOutcome.Refused(CommitOutcome.RefusalReason reason, String message) -> {
                        if (!mayPassAnew(reason)) {
                            throw new SqlException(SqlState.IO_ERROR, purpose + " failed: " + message);
                        }
                    }
                    case CommitOutcome.Indeterminate(String message) ->
                        throw new SqlException(SqlState.IO_ERROR, purpose + " failed: " + message);
                }
            }
        }
        throw new SqlException(SqlState.SERIALIZATION_FAILURE, purpose + " met a conflict " + ATTEMPTS + " times");
    }

    /** Whether a later snapshot, or another adjudicator, may let it pass. Nothing was written in either case. */
    private static boolean mayPassAnew(CommitOutcome.RefusalReason reason) {
        return switch (reason) {
            case SNAPSHOT_TOO_OLD, STALE_EPOCH, NOT_LEADER, NEVER_COMMITTED -> true;
            case OVERLOADED, JOURNAL_UNAVAILABLE, TOO_LARGE -> false;
        };
    }
}
