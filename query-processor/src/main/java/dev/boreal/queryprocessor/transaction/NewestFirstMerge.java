package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.Keys;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted sources, the newest first: of equal keys the first version counts that was written up to the given moment.
 * Absences are left out.
 */
final class NewestFirstMerge implements Iterator<Map.Entry<byte[], byte[]>> {
    private final List<Iterator<Map.Entry<byte[], Version>>> sources;
    private final Map.@Nullable Entry<byte[], Version>[] heads;
    private final int sign;
    private final int asOf;
    private Map.@Nullable Entry<byte[], byte[]> ahead;

    @SuppressWarnings({"unchecked", "rawtypes"})
    NewestFirstMerge(List<Iterator<Map.Entry<byte[], Version>>> sources, boolean reverse, int asOf) {
        this.sources = sources;
        this.asOf = asOf;
        heads = new Map.Entry[sources.size()];
        sign = reverse ? -1 : 1;
        for (int i = 0; i < heads.length; i++) {
            pull(i);
        }
        ahead = advance();
    }

    private void pull(int source) {
        Iterator<Map.Entry<byte[], Version>> iterator = sources.get(source);
        heads[source] = iterator.hasNext() ? iterator.next() : null;
    }

    private Map.@Nullable Entry<byte[], byte[]> advance() {
        while (true) {
            Map.Entry<byte[], Version> least = null;
            for (Map.Entry<byte[], Version> head : heads) {
                if (head != null && (least == null || sign * Keys.compare(head.getKey(), least.getKey()) < 0)) {
                    least = head;
                }
            }
            if (least == null) {
                return null;
            }
            Version counts = null;
            for (int i = 0; i < heads.length; i++) {
                Map.Entry<byte[], Version> head = heads[i];
                if (head != null && Keys.compare(head.getKey(), least.getKey()) == 0) {
                    counts = counts == null ? Version.visible(head.getValue(), asOf) : counts;
                    pull(i);
                }
            }
            if (counts != null && !WriteBuffer.isAbsent(counts.value())) {
                return Map.entry(least.getKey(), counts.value());
            }
        }
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Map.Entry<byte[], byte[]> next() {
        Map.Entry<byte[], byte[]> entry = ahead;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        ahead = advance();
        return entry;
    }
}
