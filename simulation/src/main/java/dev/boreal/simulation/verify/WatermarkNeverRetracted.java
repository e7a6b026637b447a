package dev.boreal.simulation.verify;

import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was promised to come no more comes no more: no new entry at or below a published watermark. */
public final class WatermarkNeverRetracted {
    private final TreeMap<String, Long> watermarks = new TreeMap<>();
    private final TreeMap<String, TreeSet<Long>> brought = new TreeMap<>();

    /** A stream published a watermark. */
    public void published(String stream, long timestamp) {
        watermarks.merge(stream, timestamp, Math::max);
    }

    /** A stream brought an entry, perhaps again. */
    public @Nullable String delivered(String stream, long timestamp) {
        if (!brought.computeIfAbsent(stream, first -> new TreeSet<>()).add(timestamp)) {
            return null;
        }
        long watermark = watermarks.getOrDefault(stream, 0L);
        return timestamp <= watermark
                ? stream + " brought " + timestamp + " after it had published the watermark " + watermark
                : null;
    }
}
