package dev.boreal.journal.service;

import dev.boreal.contracts.journal.PositionedEntry;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A read-only stretch of an array that its owner uses again for the next delivery. */
final class EntryBatch extends AbstractList<PositionedEntry> implements RandomAccess {
    private @Nullable PositionedEntry[] entries = new PositionedEntry[0];
    private int from;
    private int to;

    EntryBatch show(@Nullable PositionedEntry[] array, int newFrom, int newTo) {
        entries = array;
        from = newFrom;
        to = newTo;
        return this;
    }

    @Override
    public PositionedEntry get(int index) {
        return Objects.requireNonNull(entries[from + Objects.checkIndex(index, to - from)]);
    }

    @Override
    public int size() {
        return to - from;
    }
}
