package dev.boreal.storage.service;

import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.RowFormat;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The naive model: every version of every key, forever, in maps. */
final class VersionModel {
    /** Null for a tombstone. */
    private record Version(byte @Nullable [] row) {}

    private final TreeMap<byte[], TreeMap<Long, Version>> versions = new TreeMap<>(Keys::compare);

    void put(byte[] key, long timestamp, byte[] row) {
        versions.computeIfAbsent(key, _ -> new TreeMap<>()).put(timestamp, new Version(row));
    }

    void delete(byte[] key, long timestamp) {
        versions.computeIfAbsent(key, _ -> new TreeMap<>()).put(timestamp, new Version(null));
    }

    byte @Nullable [] get(byte[] key, long asOf) {
        TreeMap<Long, Version> of = versions.get(key);
        Map.Entry<Long, Version> newest = of == null ? null : of.floorEntry(asOf);
        return newest == null ? null : newest.getValue().row();
    }

    /** One line per row: key and value in hex, so that a difference can be read. */
    List<String> scan(ScanRequest request) {
        List<String> rows = new ArrayList<>();
        NavigableMap<byte[], TreeMap<Long, Version>> ordered = request.reverse() ? versions.descendingMap() : versions;
        for (byte[] key : ordered.keySet()) {
            byte[] row = get(key, request.asOf());
            if (row == null || !request.range().contains(key) || rows.size() >= request.limit()) {
                continue;
            }
            RowFormat.Cursor cursor = new RowFormat.Cursor().reset(row, 0, row.length);
            if (request.filter() == null || request.filter().test(cursor)) {
                byte[] answer = row;
                if (request.projection() != null) {
                    RowBatch batch = new RowBatch();
                    batch.addProjected(key, 0, 0, cursor, row.length, request.projection());
                    answer = batch.value(0);
                }
                rows.add(line(request.withKeys() ? key : Keys.EMPTY, answer));
            }
        }
        return rows;
    }

    static String line(byte[] key, byte[] value) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(key) + " = " + hex.formatHex(value);
    }
}
