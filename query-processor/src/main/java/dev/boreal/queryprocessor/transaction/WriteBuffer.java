package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one transaction, newest per key, in key order. Not thread-safe.
 *
 * <p>They live in a sorted map until that grows beyond a limit; then the map is written out as a {@link SortedRun} and
 * starts again. A key is looked up in the map, then in the runs from the newest to the oldest. Three things can stand
 * behind a key: a value, {@link #TOMBSTONE}, or {@link #ABSENT}, which a savepoint's rollback leaves where nothing had
 * been written before: the runs below are hidden by it.
 *
 * <p>Only while a mark is set, what a write replaces is remembered, so that it can be put back.
 */
final class WriteBuffer implements AutoCloseable {
    static final byte[] TOMBSTONE = new byte[0];
    static final byte[] ABSENT = new byte[0];

    /** What an entry of the map costs beside its bytes: tree node, two array headers. */
    private static final int ENTRY_OVERHEAD = 96;

    private final long memoryLimit;
    private final Path spillDirectory;
    private final List<SortedRun> runs = new ArrayList<>();
    private final List<Replaced> undo = new ArrayList<>();
    private NavigableMap<byte[], byte[]> memory = new TreeMap<>(Keys::compare);
    private long memoryBytes;
    private long totalBytes;
    private boolean marked;

    private record Replaced(byte[] key, byte @Nullable [] previous) {}

    WriteBuffer(long memoryLimit, Path spillDirectory) {
        this.memoryLimit = memoryLimit;
        this.spillDirectory = spillDirectory;
    }

    /** Told apart by identity: a value may be empty too. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isTombstone(byte @Nullable [] value) {
        return value == TOMBSTONE;
    }

    /** Told apart by identity: a value may be empty too. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isAbsent(byte @Nullable [] value) {
        return value == ABSENT;
    }

    boolean isEmpty() {
        return memory.isEmpty() && runs.isEmpty();
    }

    /** Bytes of keys and values written, replaced ones included. */
    long totalBytes() {
        return totalBytes;
    }

    boolean spilled() {
        return !runs.isEmpty();
    }

    void write(byte[] key, byte[] value) {
        if (marked) {
            undo.add(new Replaced(key, memory.get(key)));
        }
        byte[] previous = memory.put(key, value);
        memoryBytes += value.length + (previous == null ? key.length + ENTRY_OVERHEAD : -previous.length);
        totalBytes += key.length + value.length;
        if (memoryBytes > memoryLimit) {
            spill();
        }
    }

    private void spill() {
        try {
            runs.add(SortedRun.write(spillDirectory, memory, undo.size()));
        } catch (IOException e) {
            throw SpillFailed.of(spillDirectory, e);
        }
        memory = new TreeMap<>(Keys::compare);
        memoryBytes = 0;
    }

    /** The value, {@link #TOMBSTONE}, or null if the transaction has not written the key. */
    byte @Nullable [] find(byte[] key) {
        byte[] found = memory.get(key);
        for (int i = runs.size() - 1; found == null && i >= 0; i--) {
            found = runs.get(i).find(key);
        }
        return isAbsent(found) ? null : found;
    }

    boolean anyIn(KeyRange range) {
        NavigableMap<byte[], byte[]> part = part(range);
        if (!part.isEmpty()) {
            return true;
        }
        for (SortedRun run : runs) {
            if (run.overlaps(range)) {
                return true;
            }
        }
        return false;
    }

    private NavigableMap<byte[], byte[]> part(KeyRange range) {
        if (range.isEmpty()) {
            return new TreeMap<>(Keys::compare);
        }
        return range.to().length == 0
                ? memory.tailMap(range.from(), true)
                : memory.subMap(range.from(), true, range.to(), false);
    }

    /** The newest write of each key in the range, in key order or its reverse; tombstones included, absences not. */
    Iterator<Map.Entry<byte[], byte[]>> iterate(KeyRange range, boolean reverse) {
        NavigableMap<byte[], byte[]> part = part(range);
        Iterator<Map.Entry<byte[], byte[]>> newest =
                (reverse ? part.descendingMap() : part).entrySet().iterator();
        List<Iterator<Map.Entry<byte[], byte[]>>> sources = new ArrayList<>();
        sources.add(newest);
        for (int i = runs.size() - 1; i >= 0; i--) {
            sources.add(runs.get(i).iterate(range, reverse));
        }
        return new NewestFirstMerge(sources, reverse);
    }

    // Savepoints ------------------------------------------------------------------------------------------------

    int mark() {
        marked = true;
        return undo.size();
    }

    void rollbackTo(int mark) {
        for (int i = undo.size() - 1; i >= mark; i--) {
            Replaced replaced = undo.get(i);
            byte[] previous = replaced.previous();
            if (previous != null) {
                memory.put(replaced.key(), previous);
            } else if (runs.isEmpty()) {
                memory.remove(replaced.key());
            } else {
                memory.put(replaced.key(), valueBelow(i, replaced.key()));
            }
        }
        undo.subList(mark, undo.size()).clear();
        for (SortedRun run : runs) {
            run.rolledBackTo(mark);
        }
    }

    /**
     * What the runs held for a key before undo entry {@code index}: a run written after that entry may hold the
     * replaced write itself, so that only runs older than it count.
     */
    private byte[] valueBelow(int index, byte[] key) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            SortedRun run = runs.get(i);
            if (run.undoPosition() <= index) {
                byte[] found = run.find(key);
                if (found != null) {
                    return found;
                }
            }
        }
        return ABSENT;
    }

    @Override
    public void close() {
        for (SortedRun run : runs) {
            run.close();
        }
        runs.clear();
        memory = new TreeMap<>(Keys::compare);
        undo.clear();
    }
}
