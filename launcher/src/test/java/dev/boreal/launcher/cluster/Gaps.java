package dev.boreal.launcher.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How long nobody's commit was acknowledged, by the kind of loss. */
final class Gaps {
    private final Map<String, List<Long>> millisByKind = new TreeMap<>();
    private final long limitMillis;
    private int beyond;

    /** @param limitMillis what is called too long */
    Gaps(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    void add(String kind, long millis) {
        millisByKind.computeIfAbsent(kind, none -> new ArrayList<>()).add(millis);
        if (millis > limitMillis) {
            beyond++;
        }
    }

    /** How many were too long. */
    int beyondLimit() {
        return beyond;
    }

    /** A table with a line for each kind. */
    String table() {
        StringBuilder table = new StringBuilder();
        row(table, "lost", "times", "median ms", "worst ms");
        List<Long> all = new ArrayList<>();
        millisByKind.forEach((kind, millis) -> {
            row(table, kind, millis);
            all.addAll(millis);
        });
        if (!all.isEmpty()) {
            row(table, "all", all);
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String kind, List<Long> millis) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        row(table, kind, sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private static void row(StringBuilder table, Object... cells) {
        table.append(String.format(Locale.ROOT, "  %-58s %6s %10s %9s%n", cells));
    }
}
