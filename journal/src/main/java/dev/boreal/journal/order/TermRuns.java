package dev.boreal.journal.order;

import java.util.Arrays;

/**
 * Which term the record at an index belongs to: one number per leader that ever wrote, since terms only rise along a
 * log. Not thread-safe.
 */
public final class TermRuns {
    private long[] firstIndexes = new long[8];
    private long[] terms = new long[8];
    private int size;

    /** A log whose records behind {@code index} are known, and of that one the term; 0 and 0 for a whole log. */
    public TermRuns(long index, long term) {
        firstIndexes[0] = index;
        terms[0] = term;
        size = 1;
    }

    /** The record at {@code index}, which is the next one, is of {@code term}. */
    public void add(long index, long term) {
        if (terms[size - 1] == term) {
            return;
        }
        if (size == terms.length) {
            firstIndexes = Arrays.copyOf(firstIndexes, size * 2);
            terms = Arrays.copyOf(terms, size * 2);
        }
        firstIndexes[size] = index;
        terms[size] = term;
        size++;
    }

    /** The term of the record at {@code index}, which must not lie before the first known one. */
    public long termAt(long index) {
        return terms[runOf(index)];
    }

    /** The first index whose record is known to be of the same term as the one at {@code index}. */
    public long startOfRun(long index) {
        return firstIndexes[runOf(index)];
    }

    /** The first index whose term is known. */
    public long firstKnown() {
        return firstIndexes[0];
    }

    /** Forgets what lies behind {@code index}. */
    public void cutAfter(long index) {
        while (size > 1 && firstIndexes[size - 1] > index) {
            size--;
        }
    }

    private int runOf(long index) {
        for (int run = size - 1; run >= 0; run--) {
            if (firstIndexes[run] <= index) {
                return run;
            }
        }
        throw new IllegalArgumentException(
                "the term of index " + index + " is not known, only from index " + firstIndexes[0] + " on");
    }
}
