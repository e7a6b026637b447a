package dev.boreal.adjudicator;

import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.List;

/** Builds requests for tests. */
public final class Requests {
    private Requests() {}

    /** A request with one access, whose record writes the key if the mode is a write. */
    public static CommitRequest of(long id, long snapshot, AccessMode mode, byte[] key) {
        WriteSet writes = mode == AccessMode.WRITE || mode == AccessMode.KEY_WRITE
                ? new WriteSet.Builder(0).put(key, new byte[] {1}).build()
                : WriteSet.EMPTY;
        Accesses accesses = new Accesses(new long[] {KeyFingerprint.of(key)}, new byte[] {mode.code()}, List.of());
        return of(id, snapshot, accesses, writes);
    }

    public static CommitRequest of(long id, long snapshot, Accesses accesses, WriteSet writes) {
        return new CommitRequest(
                id,
                "session-" + id,
                "here",
                snapshot,
                accesses,
                TransactionRecord.commit(id, "session-" + id, new long[0], writes),
                0);
    }

    public static CommitRequest withEpoch(CommitRequest request, long epoch) {
        return new CommitRequest(
                request.transactionId(),
                request.session(),
                request.region(),
                request.snapshot(),
                request.accesses(),
                request.record(),
                epoch);
    }

    public static CommitRequest readingRange(long id, long snapshot, KeyRange range) {
        return of(id, snapshot, new Accesses(new long[0], new byte[0], List.of(range)), WriteSet.EMPTY);
    }
}
