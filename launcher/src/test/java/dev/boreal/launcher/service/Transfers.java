package dev.boreal.launcher.service;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Transactions of one key, as a query processor would send them. */
final class Transfers {
    private static final AtomicLong IDS = new AtomicLong();

    private Transfers() {}

    static CommitOutcome write(Adjudicator adjudicator, long snapshot, String key, String value) {
        byte[] keyBytes = bytes(key);
        long id = IDS.incrementAndGet();
        WriteSet writes = new WriteSet.Builder(64).put(keyBytes, bytes(value)).build();
        Accesses accesses = new Accesses(
                new long[] {KeyFingerprint.of(keyBytes)}, new byte[] {AccessMode.KEY_WRITE.code()}, List.of());
        return adjudicator.commit(new CommitRequest(
                id, "test", "", snapshot, accesses, TransactionRecord.commit(id, "test", new long[0], writes), 0));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
