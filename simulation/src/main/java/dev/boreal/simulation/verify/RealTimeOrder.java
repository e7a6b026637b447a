package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Starts are linearizable: a transaction that begins after another one was acknowledged sees it. Holds while clocks are within
 * their bounds.
 */
public final class RealTimeOrder implements Verifier {

    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        List<Attempt> acknowledged = new ArrayList<>();
        for (Attempt attempt : history.attempts()) {
            if (attempt.committed() && attempt.timestamp() != 0) {
                acknowledged.add(attempt);
            }
        }
        acknowledged.sort(Comparator.comparingLong(Attempt::ended));
        List<Attempt> begun = new ArrayList<>(history.attempts());
        begun.sort(Comparator.comparingLong(Attempt::begun));
        int next = 0;
        Attempt newest = null;
        for (Attempt attempt : begun) {
            for (; next < acknowledged.size() && acknowledged.get(next).ended() < attempt.begun(); next++) {
                if (newest == null || acknowledged.get(next).timestamp() > newest.timestamp()) {
                    newest = acknowledged.get(next);
                }
            }
            if (newest != null && newest.timestamp() > attempt.snapshot()) {
                return "a snapshot lies below a commit that was acknowledged before it was taken\n  " + newest + "\n  "
                        + attempt;
            }
        }
        return findMissed(acknowledged, begun);
    }

    /** The same by what was read: every list holds what was acknowledged before. */
    private static @Nullable String findMissed(List<Attempt> acknowledged, List<Attempt> begun) {
        TreeMap<Item, Attempt> longest = new TreeMap<>();
        int next = 0;
        for (Attempt reader : begun) {
            for (; next < acknowledged.size() && acknowledged.get(next).ended() < reader.begun(); next++) {
                keepLongest(longest, acknowledged.get(next));
            }
            if (!reader.readAll()) {
                continue;
            }
            for (Item item : reader.plan().reads()) {
                Attempt writer = longest.get(item);
                Numbers seen = reader.reads().getOrDefault(item, Numbers.of());
                if (writer != null && seen.size() < sizeOf(writer, item)) {
                    return "an acknowledged append to " + item + " was not seen by one who began later\n  " + writer
                            + "\n  " + reader;
                }
            }
        }
        return null;
    }

    private static void keepLongest(Map<Item, Attempt> longest, Attempt writer) {
        for (Map.Entry<Item, Numbers> write : writer.writes().entrySet()) {
            Item item = write.getKey();
            if (item.table() == ListAppend.TABLE) {
                Attempt before = longest.get(item);
                if (before == null || sizeOf(before, item) < write.getValue().size()) {
                    longest.put(item, writer);
                }
            }
        }
    }

    private static int sizeOf(Attempt writer, Item item) {
        return writer.writes().getOrDefault(item, Numbers.of()).size();
    }
}
