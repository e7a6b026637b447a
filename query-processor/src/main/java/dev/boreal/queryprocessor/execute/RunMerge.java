package dev.boreal.queryprocessor.execute;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Merges sorted runs; of equal entries the one of the earlier run comes first. A binary heap of runs by their heads. */
final class RunMerge {
    private final Comparator<@Nullable Object[]> order;
    private final SortedRun[] runs;
    private final int[] heap;
    private int size;

    RunMerge(SortedRun[] runs, Comparator<@Nullable Object[]> order) {
        this.runs = runs;
        this.order = order;
        heap = new int[runs.length];
        for (int i = 0; i < runs.length; i++) {
            if (runs[i].head() != null) {
                heap[size++] = i;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    /** The next entry in order, or null. */
    @Nullable Object @Nullable [] next() {
        if (size == 0) {
            return null;
        }
        SortedRun run = runs[heap[0]];
        @Nullable Object[] entry = run.head();
        run.advance();
        if (run.head() == null) {
            heap[0] = heap[--size];
        }
        siftDown(0);
        return entry;
    }

    private void siftDown(int start) {
        int parent = start;
        while (true) {
            int child = 2 * parent + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], heap[parent])) {
                return;
            }
            int moved = heap[parent];
            heap[parent] = heap[child];
            heap[child] = moved;
            parent = child;
        }
    }

    private boolean before(int a, int b) {
        @Nullable Object[] left = runs[a].head();
        @Nullable Object[] right = runs[b].head();
        if (left == null || right == null) {
            throw new IllegalStateException("finished run in the heap");
        }
        int found = order.compare(left, right);
        return found != 0 ? found < 0 : a < b;
    }
}
