package dev.boreal.transport.storage;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.wire.StorageAnswers;
import dev.boreal.contracts.wire.WatchedValue;
import dev.boreal.transport.WireValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key whose value a client wants to know as of every watermark that it is told. On the stream's loop. */
final class WatchedKey {
    private final long id;
    private final byte[] key;
    private boolean told;
    private byte @Nullable [] value;

    WatchedKey(long id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    /** Adds the value as of a snapshot that the replica has reached, if it is not the one that was told last. */
    void tellChange(Storage replica, long asOf, StorageAnswers.Builder batch) {
        byte[] now = replica.get(key, asOf);
        if (told && Arrays.equals(now, value)) {
            return;
        }
        told = true;
        value = now;
        WatchedValue.Builder change = WatchedValue.newBuilder().setId(id);
        if (now != null) {
            change.setValue(WireValues.bytes(now));
        }
        batch.addWatched(change);
    }

    /** What was told last may not have been sent. */
    void forget() {
        told = false;
        value = null;
    }
}
