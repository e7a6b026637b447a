package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 *
 * <p>Whoever shall not see what is written from some moment on, a statement or a cursor, opens a view at that moment. The
 * moments are numbered; a write carries the number of views' moments before it, and what it replaces is kept as long as a
 * view may read it. Without views nothing is kept.
 */
final class WriteBuffer implements AutoCloseable {
    static final byte[] TOMBSTONE = new byte[0];
    static final byte[] ABSENT = new byte[0];

    /** As of when the newest version counts. */
    static final int NEWEST = Integer.MAX_VALUE;

    /** What an entry of the map costs beside its bytes: tree node, version, two array headers. */
    private static final int ENTRY_OVERHEAD = 120;

    private final long memoryLimit;
    private final Path spillDirectory;
    private final List<SortedRun> runs = new ArrayList<>();
    private final List<Replaced> undo = new ArrayList<>();
    private NavigableMap<byte[], Version> memory = new TreeMap<>(Keys::compare);
    private int command;
    private int[] views = new int[2];
    private int openViews;
    private long memoryBytes;
    private long totalBytes;
    private boolean marked;

    private record Replaced(byte[] key, @Nullable Version previous) {}

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
        if (isViewed(command, command + 1)) {
            command++;
        }
        Version replaced = memory.get(key);
        if (marked) {
            undo.add(new Replaced(key, replaced));
        }
        Version kept = readable(replaced, command);
        memory.put(key, new Version(value, command, kept));
        memoryBytes += value.length;
        if (replaced == null || kept != null) {
            memoryBytes += key.length + ENTRY_OVERHEAD;
        } else {
            memoryBytes -= replaced.value().length;
        }
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
        return find(key, NEWEST);
    }

    /** What {@link #find(byte[])} answered when a view was opened. */
    byte @Nullable [] find(byte[] key, int asOf) {
        Version found = Version.visible(memory.get(key), asOf);
        for (int i = runs.size() - 1; found == null && i >= 0; i--) {
            found = Version.visible(runs.get(i).find(key), asOf);
        }
        return found == null || isAbsent(found.value()) ? null : found.value();
    }

    // Views -----------------------------------------------------------------------------------------------------

    /** A moment as of which can be read until {@link #closeView}. */
    int openView() {
        if (openViews == views.length) {
            views = Arrays.copyOf(views, 2 * openViews);
        }
        views[openViews++] = command;
        return command;
    }

    void closeView(int view) {
        for (int i = openViews - 1; i >= 0; i--) {
            if (views[i] == view) {
                views[i] = views[--openViews];
                return;
            }
        }
    }

    /** Whether a key was written after a view was opened. */
    boolean writtenSince(byte[] key, int view) {
        if (command <= view) {
            return false;
        }
        Version found = memory.get(key);
        for (int i = runs.size() - 1; found == null && i >= 0; i--) {
            found = runs.get(i).find(key);
        }
        return found != null && found.command() > view;
    }

    /** Whether a view reads what was written at {@code from} and replaced at {@code to}. */
    private boolean isViewed(int from, int to) {
        for (int i = 0; i < openViews; i++) {
            if (views[i] >= from && views[i] < to) {
                return true;
            }
        }
        return false;
    }

    /** Those of these versions that a view may read although something is written at {@code replacedAt}. */
    private @Nullable Version readable(@Nullable Version newest, int replacedAt) {
        if (newest == null || openViews == 0) {
            return null;
        }
        Version older = readable(newest.previous(), newest.command());
        if (!isViewed(newest.command(), replacedAt)) {
            return older;
        }
        return older == null && newest.previous() == null
                ? newest
                : new Version(newest.value(), newest.command(), older);
    }

    // Ranges ----------------------------------------------------------------------------------------------------

    boolean anyIn(KeyRange range) {
        NavigableMap<byte[], Version> part = part(range);
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

    private NavigableMap<byte[], Version> part(KeyRange range) {
        if (range.isEmpty()) {
            return new TreeMap<>(Keys::compare);
        }
        return range.to().length == 0
                ? memory.tailMap(range.from(), true)
                : memory.subMap(range.from(), true, range.to(), false);
    }

    /** The newest write of each key in the range, in key order or its reverse; tombstones included, absences not. */
    Iterator<Map.Entry<byte[], byte[]>> iterate(KeyRange range, boolean reverse) {
        NavigableMap<byte[], Version> part = part(range);
        return merge((reverse ? part.descendingMap() : part).entrySet().iterator(), range, reverse, NEWEST);
    }

    /** What {@link #iterate(KeyRange, boolean)} gave when a view was opened; there may be writes meanwhile. */
    Iterator<Map.Entry<byte[], byte[]>> iterate(KeyRange range, boolean reverse, int asOf) {
        return merge(new MemoryWalk(memory, range, reverse), range, reverse, asOf);
    }

    private Iterator<Map.Entry<byte[], byte[]>> merge(
            Iterator<Map.Entry<byte[], Version>> newest, KeyRange range, boolean reverse, int asOf) {
        List<Iterator<Map.Entry<byte[], Version>>> sources = new ArrayList<>();
        sources.add(newest);
        for (int i = runs.size() - 1; i >= 0; i--) {
            sources.add(runs.get(i).iterate(range, reverse));
        }
        return new NewestFirstMerge(sources, reverse, asOf);
    }

    // Savepoints ------------------------------------------------------------------------------------------------

    int mark() {
        marked = true;
        return undo.size();
    }

    void rollbackTo(int mark) {
        for (int i = undo.size() - 1; i >= mark; i--) {
            Replaced replaced = undo.get(i);
            Version previous = replaced.previous();
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
    private Version valueBelow(int index, byte[] key) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            SortedRun run = runs.get(i);
            if (run.undoPosition() <= index) {
                Version found = run.find(key);
                if (found != null) {
                    return found;
                }
            }
        }
        return new Version(ABSENT, 0, null);
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
