package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.execute.spill.SpillFile;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows in order, equal ones in the order they came, and forgets those behind the first {@code limit}. It holds as
 * much as the workspace grants a sort; beyond that it writes sorted runs to a temporary file and merges them at the end.
 * Columns that cannot be stored keep everything in memory.
 */
final class EntrySorter implements AutoCloseable {
    private static final int MAXIMUM_RUNS = 64;
    /** Up to this limit rows are cut back to it as soon as there are twice as many. */
    private static final long CUTTING_LIMIT = 1 << 20;

    private final SortKey[] keys;
    private final SqlType[] storedTypes;
    private final boolean storable;
    private final long limit;
    private final Execution execution;
    private final Comparator<@Nullable Object[]> order;
    private final List<long[]> runs = new ArrayList<>();
    private @Nullable Object[][] entries = new Object[64][];
    private int size;
    private long bytes;
    private int comparisons;
    private @Nullable SpillFile file;
    private @Nullable RunMerge merge;
    private long position;
    /** What a row must be less than to be among the first, once that is known. */
    private @Nullable Object @Nullable [] threshold;

    /** @param limit not negative */
    EntrySorter(SortKey[] keys, SqlType[] columnTypes, long limit, Execution execution) {
        this.keys = keys;
        this.limit = limit;
        this.execution = execution;
        storedTypes = new SqlType[keys.length + columnTypes.length];
        for (int i = 0; i < keys.length; i++) {
            storedTypes[i] = keys[i].type();
        }
        System.arraycopy(columnTypes, 0, storedTypes, keys.length, columnTypes.length);
        boolean allStorable = true;
        for (SqlType type : storedTypes) {
            allStorable &= type.storable();
        }
        storable = allStorable;
        order = this::compare;
    }

    private int compare(@Nullable Object[] a, @Nullable Object[] b) {
        if ((++comparisons & 0xffff) == 0) {
            execution.checkCancelled();
        }
        return SortKey.compare(keys, a, b);
    }

    void add(@Nullable Object[] row) {
        @Nullable Object[] entry = SortKey.values(keys, row, execution, 1);
        if (threshold != null && compare(entry, threshold) >= 0) {
            return;
        }
        entry[keys.length] = row;
        long more = 2L * RowSize.of(row) + 2L * Integer.BYTES;
        execution.workspace().take(more);
        bytes += more;
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = entry;
        if (limit <= CUTTING_LIMIT && size >= 2 * Math.max(limit, 32)) {
            cut();
        }
        if (storable && bytes > execution.workspace().sortBytes()) {
            spill();
        }
    }

    private void sort() {
        Arrays.sort(entries, 0, size, order);
    }

    private void cut() {
        sort();
        int kept = (int) limit;
        threshold = entries[kept - 1];
        Arrays.fill(entries, kept, size, null);
        long share = bytes / size * kept;
        execution.workspace().give(bytes - share);
        bytes = share;
        size = kept;
    }

    private void spill() {
        sort();
        SpillFile target = file;
        if (target == null) {
            target = SpillFile.create(execution.workspace().spillDirectory());
            file = target;
        }
        long start = target.position();
        ByteWriter out = new ByteWriter(256);
        ByteWriter scratch = new ByteWriter(64);
        for (int i = 0; i < size && i < limit; i++) {
            write(target, entries[i], out, scratch);
        }
        runs.add(new long[] {start, target.position()});
        forgetEntries();
        if (runs.size() == MAXIMUM_RUNS) {
            mergeRuns(target, out, scratch);
        }
    }

    private void write(SpillFile target, @Nullable Object[] entry, ByteWriter out, ByteWriter scratch) {
        SortedRun.encode(entry, storedTypes, keys.length, out.reset(), scratch);
        target.write(out.buffer(), out.length());
    }

    private void mergeRuns(SpillFile target, ByteWriter out, ByteWriter scratch) {
        RunMerge merged = new RunMerge(openRuns(target), order);
        long start = target.position();
        long written = 0;
        for (@Nullable Object[] entry = merged.next(); entry != null && written < limit; entry = merged.next()) {
            write(target, entry, out, scratch);
            written++;
        }
        runs.clear();
        runs.add(new long[] {start, target.position()});
    }

    private SortedRun[] openRuns(SpillFile target) {
        SortedRun[] opened = new SortedRun[runs.size()];
        for (int i = 0; i < opened.length; i++) {
            long[] run = runs.get(i);
            opened[i] = new SortedRun(target.read(run[0], run[1]), storedTypes, keys.length);
        }
        return opened;
    }

    /** All rows have come. */
    void finish() {
        if (file == null) {
            sort();
            return;
        }
        if (size > 0) {
            spill();
        }
        merge = new RunMerge(openRuns(file), order);
    }

    /** After {@link #finish}: the next row in order, or null. */
    @Nullable Object @Nullable [] next() {
        if (position >= limit) {
            return null;
        }
        if (merge != null) {
            position++;
            @Nullable Object[] entry = merge.next();
            return entry == null ? null : SortedRun.row(entry, keys.length);
        }
        return position < size ? SortedRun.row(entries[(int) position++], keys.length) : null;
    }

    /** Bytes on disk, or without any those in memory. */
    long heldBytes() {
        SpillFile spillFile = file;
        return spillFile == null ? bytes : spillFile.position();
    }

    /** Whether runs were written to disk. */
    boolean spilled() {
        return file != null;
    }

    private void forgetEntries() {
        Arrays.fill(entries, 0, size, null);
        size = 0;
        execution.workspace().give(bytes);
        bytes = 0;
    }

    @Override
    public void close() {
        forgetEntries();
        SpillFile spillFile = file;
        file = null;
        if (spillFile != null) {
            spillFile.close();
        }
    }
}
