package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyRange;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks a range of a map that may change meanwhile: from each key it looks for the next one. */
final class MemoryWalk implements Iterator<Map.Entry<byte[], Version>> {
    private final NavigableMap<byte[], Version> map;
    private final KeyRange range;
    private final boolean reverse;
    private Map.@Nullable Entry<byte[], Version> ahead;

    MemoryWalk(NavigableMap<byte[], Version> map, KeyRange range, boolean reverse) {
        this.map = map;
        this.range = range;
        this.reverse = reverse;
        ahead = within(reverse ? last() : map.ceilingEntry(range.from()));
    }

    private Map.@Nullable Entry<byte[], Version> last() {
        return range.to().length == 0 ? map.lastEntry() : map.lowerEntry(range.to());
    }

    private Map.@Nullable Entry<byte[], Version> within(Map.@Nullable Entry<byte[], Version> entry) {
        return entry != null && range.contains(entry.getKey()) ? entry : null;
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Map.Entry<byte[], Version> next() {
        Map.Entry<byte[], Version> entry = ahead;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        ahead = within(reverse ? map.lowerEntry(entry.getKey()) : map.higherEntry(entry.getKey()));
        return entry;
    }
}
