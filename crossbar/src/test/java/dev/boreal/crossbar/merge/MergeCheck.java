package dev.boreal.crossbar.merge;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs random journals under a random schedule through a merge, and compares what leaves it with a sort, and its
 * watermarks with what has left. Says what is wrong, or null.
 */
final class MergeCheck {
    private static final TransactionRecord RECORD = TransactionRecord.commit(1, "", new long[0], WriteSet.EMPTY);

    /** What is checked: the merge, or one with a planted bug. */
    interface Merge {
        @Nullable String offer(MergeEntry entry);

        void raise(int journal, long timestamp);

        @Nullable MergeEntry poll();

        long watermark();
    }

    private final Chance chance;
    private final int journals;
    private final List<List<MergeEntry>> scripts = new ArrayList<>();
    private final int[] offered;
    private final long[] raised;
    private final List<MergeEntry> released = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    MergeCheck(long seed, int journals) {
        this.chance = new Chance(seed);
        this.journals = journals;
        this.offered = new int[journals];
        this.raised = new long[journals];
        for (int j = 0; j < journals; j++) {
            List<MergeEntry> script = new ArrayList<>();
            long timestamp = 0;
            int entries = chance.below(60);
            for (int i = 1; i <= entries; i++) {
                timestamp += chance.between(1, 5);
                script.add(new MergeEntry(timestamp, j, i, RECORD));
            }
            scripts.add(script);
        }
    }

    @Nullable String run(Merge merge) {
        boolean unfinished = true;
        while (unfinished) {
            String wrong = step(merge);
            if (wrong != null) {
                return wrong;
            }
            unfinished = false;
            for (int j = 0; j < journals; j++) {
                unfinished |= offered[j] < scripts.get(j).size();
            }
        }
        for (int j = 0; j < journals; j++) {
            merge.raise(j, 1_000_000);
        }
        String wrong = drain(merge, Integer.MAX_VALUE);
        if (wrong != null) {
            return wrong;
        }
        List<MergeEntry> sorted = new ArrayList<>();
        scripts.forEach(sorted::addAll);
        sorted.sort(Comparator.comparingLong(MergeEntry::timestamp).thenComparingInt(MergeEntry::journal));
        if (!released.equals(sorted)) {
            return "released " + released + " instead of " + sorted;
        }
        return merge.watermark() == 1_000_000 ? null : "watermark stays at " + merge.watermark();
    }

    private @Nullable String step(Merge merge) {
        int j = chance.below(journals);
        List<MergeEntry> script = scripts.get(j);
        long next = offered[j] < script.size() ? script.get(offered[j]).timestamp() : Long.MAX_VALUE;
        if (chance.oneIn(3)) {
            raised[j] = Math.max(raised[j], Math.min(next - 1, raised[j] + chance.below(8)));
            merge.raise(j, raised[j]);
        } else if (next != Long.MAX_VALUE) {
            String wrong = merge.offer(script.get(offered[j]++));
            raised[j] = next;
            if (wrong != null) {
                return wrong;
            }
        }
        return chance.oneIn(2) ? drain(merge, chance.below(4)) : null;
    }

    private @Nullable String drain(Merge merge, int most) {
        for (int i = 0; i < most; i++) {
            MergeEntry entry = merge.poll();
            if (entry == null) {
                break;
            }
            if (entry.timestamp() <= watermark) {
                return entry + " leaves below the watermark " + watermark;
            }
            released.add(entry);
        }
        if (merge.watermark() < watermark) {
            return "watermark falls from " + watermark + " to " + merge.watermark();
        }
        watermark = merge.watermark();
        return null;
    }
}
