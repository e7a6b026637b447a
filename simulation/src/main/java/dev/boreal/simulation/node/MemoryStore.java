package dev.boreal.simulation.node;

import dev.boreal.contracts.Varint;
import dev.boreal.simulation.world.DiskFailed;
import dev.boreal.simulation.world.SimulatedDisk;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.apply.BatchSink;
import dev.boreal.storage.read.VersionIterator;
import dev.boreal.storage.version.VersionBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What RocksDB is to storage, in memory: batches become readable as a whole, and what survives a crash is a prefix of them, up
 * to the last flush.
 */
final class MemoryStore implements BatchSink {
    static final int STATE_FAMILY = 1;

    private static final int HEADER = 12;

    private NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    private NavigableMap<byte[], byte[]> state = new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<byte[], byte[]> flushedRows = new TreeMap<>(Arrays::compareUnsigned);
    private final NavigableMap<byte[], byte[]> flushedState = new TreeMap<>(Arrays::compareUnsigned);
    private final List<byte[]> unflushed = new ArrayList<>();

    private final SimulatedDisk disk;

    /** @param disk says whether there is room */
    MemoryStore(SimulatedDisk disk) {
        this.disk = disk;
    }

    @Override
    public void write(VersionBatch batch) {
        requireSpace();
        byte[] bytes = batch.toBytes();
        unflushed.add(bytes);
        apply(bytes, rows, state);
    }

    private void requireSpace() {
        try {
            disk.requireSpace();
        } catch (IOException e) {
            throw new DiskFailed(e);
        }
    }

    /** All of it is gone. */
    void wipe() {
        unflushed.clear();
        flushedRows.clear();
        flushedState.clear();
        rows.clear();
        state.clear();
    }

    void flush() {
        requireSpace();
        for (byte[] batch : unflushed) {
            apply(batch, flushedRows, flushedState);
        }
        unflushed.clear();
    }

    /** @param keepState a planted bug: the state of what is lost survives */
    void crash(boolean keepState) {
        if (keepState) {
            flushedState.putAll(state);
        }
        unflushed.clear();
        rows = new TreeMap<>(flushedRows);
        state = new TreeMap<>(flushedState);
    }

    AppliedState applied() {
        byte[] bytes = state.get(AppliedState.KEY);
        return bytes == null ? AppliedState.NOTHING : AppliedState.decode(bytes);
    }

    private static void apply(byte[] batch, NavigableMap<byte[], byte[]> rows, NavigableMap<byte[], byte[]> state) {
        int at = HEADER;
        while (at < batch.length) {
            byte tag = batch[at++];
            at = switch (tag) {
                case 0x1 -> put(batch, at, rows);
                case 0x5 -> put(batch, at + Varint.length(STATE_FAMILY), state);
                default -> throw new IllegalStateException("a feed brings no record of tag " + tag);
            };
        }
    }

    private static int put(byte[] batch, int from, NavigableMap<byte[], byte[]> into) {
        int keyLength = Varint.get(batch, from);
        int keyAt = from + Varint.length(keyLength);
        int valueLength = Varint.get(batch, keyAt + keyLength);
        int valueAt = keyAt + keyLength + Varint.length(valueLength);
        into.put(
                Arrays.copyOfRange(batch, keyAt, keyAt + keyLength),
                Arrays.copyOfRange(batch, valueAt, valueAt + valueLength));
        return valueAt + valueLength;
    }

    VersionIterator iterator() {
        return new Iterator(rows);
    }

    private static final class Iterator implements VersionIterator {
        private final NavigableMap<byte[], byte[]> rows;
        private Map.@Nullable Entry<byte[], byte[]> at;

        Iterator(NavigableMap<byte[], byte[]> rows) {
            this.rows = rows;
        }

        @Override
        public boolean valid() {
            return at != null;
        }

        @Override
        public void seek(byte[] target, int length) {
            at = rows.ceilingEntry(Arrays.copyOf(target, length));
        }

        @Override
        public void seekBefore(byte[] target, int length) {
            at = rows.floorEntry(Arrays.copyOf(target, length));
        }

        @Override
        public void seekToLast() {
            at = rows.lastEntry();
        }

        @Override
        public void next() {
            at = rows.higherEntry(present().getKey());
        }

        @Override
        public void previous() {
            at = rows.lowerEntry(present().getKey());
        }

        @Override
        public int key(byte[] into) {
            return copy(present().getKey(), into);
        }

        @Override
        public int value(byte[] into) {
            return copy(present().getValue(), into);
        }

        private Map.Entry<byte[], byte[]> present() {
            Map.Entry<byte[], byte[]> present = at;
            if (present == null) {
                throw new IllegalStateException("the iterator stands on nothing");
            }
            return present;
        }

        private static int copy(byte[] from, byte[] into) {
            System.arraycopy(from, 0, into, 0, Math.min(from.length, into.length));
            return from.length;
        }
    }
}
