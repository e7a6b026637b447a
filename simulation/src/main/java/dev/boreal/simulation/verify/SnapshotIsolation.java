package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.Attempt.Ending;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history of list appends is snapshot isolated. From who saw what follow the dependencies of Adya (PhD thesis, MIT
 * 1999, chapter 4): ww (the next version of an item), wr (a version was read), rw (the version that was read was replaced). A
 * cycle of them is allowed only if somewhere two rw follow one another (Fekete et al., TODS 2005, section 2.3): that is write
 * skew. Any other cycle has a name: G0 (ww only), G1c (ww and wr), G-single (one rw), long fork (several rw, apart).
 *
 * <p>Before that it looks for what needs no cycle: G1a (a read of what never committed), G1b (a read of half of a
 * transaction), lost update (two transactions replaced one version), and two readers of one list that contradict.
 */
public final class SnapshotIsolation implements Verifier {

    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        Versions versions = Versions.of(history, last);
        String direct = direct(history, versions);
        return direct != null ? direct : new Graph(history, versions).findCycle();
    }

    private static @Nullable String direct(History history, Versions versions) {
        TreeMap<String, Attempt> replaced = new TreeMap<>();
        for (Attempt attempt : history.attempts()) {
            for (Map.Entry<Item, Numbers> read : attempt.reads().entrySet()) {
                String wrong = read.getKey().table() == ListAppend.TABLE
                        ? wrongRead(attempt, read.getKey(), read.getValue(), versions)
                        : null;
                if (wrong != null) {
                    return wrong;
                }
            }
            if (!versions.took(attempt)) {
                continue;
            }
            for (Item item : attempt.writes().keySet()) {
                if (item.table() != ListAppend.TABLE) {
                    continue;
                }
                Numbers before = attempt.reads().getOrDefault(item, Numbers.of());
                Attempt other = replaced.put(item + " " + before, attempt);
                if (other != null) {
                    return "lost update: two transactions replaced the same version of " + item + "\n  " + other
                            + "\n  " + attempt;
                }
            }
        }
        return null;
    }

    private static @Nullable String wrongRead(Attempt reader, Item item, Numbers read, Versions versions) {
        if (!read.isPrefixOf(versions.order(item))) {
            return "incompatible order: " + item + " was seen as " + versions.order(item) + ", but\n  " + reader;
        }
        for (int i = 0; i < read.size(); i++) {
            Attempt writer = versions.writer(read.at(i));
            if (writer == null) {
                return "garbage read: nobody ever wrote " + read.at(i) + " to " + item + ", but\n  " + reader;
            }
            if (writer.ending() == Ending.ABORTED) {
                return "G1a, aborted read: " + read.at(i) + " of " + item + " never committed\n  " + writer + "\n  "
                        + reader;
            }
        }
        if (read.size() > 0) {
            Attempt writer = versions.writer(read.last());
            Numbers written = writer == null ? null : writer.writes().get(item);
            if (written != null && written.last() != read.last()) {
                return "G1b, intermediate read: " + reader + "\n  saw half of " + writer;
            }
        }
        return null;
    }

    private enum Kind {
        WW,
        WR,
        RW
    }

    private record Edge(Attempt from, Attempt to, Kind kind, String why) {
        @Override
        public String toString() {
            return "T" + from.id() + " -" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-> T" + to.id() + "  "
                    + why;
        }
    }

    /** The dependencies, each transaction twice: as it is reached by rw, and otherwise; so rw never follows rw. */
    private static final class Graph {
        private final List<Attempt> nodes = new ArrayList<>();
        private final TreeMap<Long, Integer> indexes = new TreeMap<>();
        private final List<List<Edge>> out = new ArrayList<>();

        Graph(History history, Versions versions) {
            for (Attempt attempt : history.attempts()) {
                if (versions.took(attempt)
                        && (attempt.readAll() || !attempt.writes().isEmpty())) {
                    indexes.put(attempt.id(), nodes.size());
                    nodes.add(attempt);
                    out.add(new ArrayList<>());
                }
            }
            versions.longest().forEach((item, order) -> {
                for (int i = 1; i < order.size(); i++) {
                    Attempt before = versions.writer(order.at(i - 1));
                    Attempt after = versions.writer(order.at(i));
                    add(before, after, Kind.WW, item, order.at(i - 1) + " before " + order.at(i));
                }
            });
            for (Attempt reader : nodes) {
                for (Item item : reader.plan().reads()) {
                    if (item.table() == ListAppend.TABLE) {
                        read(reader, item, versions);
                    }
                }
            }
        }

        private void read(Attempt reader, Item item, Versions versions) {
            Numbers seen = reader.reads().getOrDefault(item, Numbers.of());
            Numbers order = versions.order(item);
            if (seen.size() > 0) {
                add(versions.writer(seen.last()), reader, Kind.WR, item, seen.last() + " was read");
            }
            if (seen.size() < order.size()) {
                long next = order.at(seen.size());
                add(reader, versions.writer(next), Kind.RW, item, "read without " + next);
            }
        }

        private void add(@Nullable Attempt from, @Nullable Attempt to, Kind kind, Item item, String why) {
            if (from != null && to != null && from != to && indexes.containsKey(to.id())) {
                Integer index = indexes.get(from.id());
                if (index != null) {
                    out.get(index).add(new Edge(from, to, kind, item + ": " + why));
                }
            }
        }

        @Nullable String findCycle() {
            boolean[] left = leftByPeeling();
            List<Edge> best = List.of();
            for (int state = 0; state < left.length; state++) {
                if (left[state]) {
                    List<Edge> cycle = shortestFrom(state, left);
                    if (!cycle.isEmpty() && (best.isEmpty() || cycle.size() < best.size())) {
                        best = cycle;
                    }
                }
            }
            return best.isEmpty() ? null : describe(best);
        }

        private int target(int state, Edge edge) {
            boolean reachedByRw = (state & 1) == 1;
            if (reachedByRw && edge.kind == Kind.RW) {
                return -1;
            }
            Integer index = indexes.get(edge.to.id());
            return index == null ? -1 : 2 * index + (edge.kind == Kind.RW ? 1 : 0);
        }

        /** Takes away what nothing leads to, again and again: what is left lies on cycles, or behind them. */
        private boolean[] leftByPeeling() {
            int[] incoming = new int[2 * nodes.size()];
            boolean[] left = new boolean[incoming.length];
            for (int state = 0; state < incoming.length; state++) {
                left[state] = true;
                for (Edge edge : out.get(state / 2)) {
                    int target = target(state, edge);
                    if (target >= 0) {
                        incoming[target]++;
                    }
                }
            }
            ArrayDeque<Integer> free = new ArrayDeque<>();
            for (int state = 0; state < incoming.length; state++) {
                if (incoming[state] == 0) {
                    free.add(state);
                }
            }
            for (Integer state = free.poll(); state != null; state = free.poll()) {
                left[state] = false;
                for (Edge edge : out.get(state / 2)) {
                    int target = target(state, edge);
                    if (target >= 0 && --incoming[target] == 0) {
                        free.add(target);
                    }
                }
            }
            return left;
        }

        private List<Edge> shortestFrom(int start, boolean[] left) {
            TreeMap<Integer, Edge> reachedBy = new TreeMap<>();
            TreeMap<Integer, Integer> cameFrom = new TreeMap<>();
            ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
            for (Integer state = queue.poll(); state != null; state = queue.poll()) {
                for (Edge edge : out.get(state / 2)) {
                    int target = target(state, edge);
                    if (target < 0 || !left[target] || reachedBy.containsKey(target)) {
                        continue;
                    }
                    reachedBy.put(target, edge);
                    cameFrom.put(target, state);
                    if (target == start) {
                        return walkBack(start, reachedBy, cameFrom);
                    }
                    queue.add(target);
                }
            }
            return List.of();
        }

        private static List<Edge> walkBack(int start, Map<Integer, Edge> reachedBy, Map<Integer, Integer> cameFrom) {
            ArrayDeque<Edge> cycle = new ArrayDeque<>();
            int at = start;
            do {
                Edge edge = reachedBy.get(at);
                Integer before = cameFrom.get(at);
                if (edge == null || before == null) {
                    throw new IllegalStateException("a cycle has a gap");
                }
                cycle.addFirst(edge);
                at = before;
            } while (at != start);
            return List.copyOf(cycle);
        }

        private static String describe(List<Edge> cycle) {
            int rw = 0;
            int wr = 0;
            for (Edge edge : cycle) {
                rw += edge.kind == Kind.RW ? 1 : 0;
                wr += edge.kind == Kind.WR ? 1 : 0;
            }
            String name = rw > 1 ? "long fork" : rw == 1 ? "G-single" : wr > 0 ? "G1c" : "G0";
            StringBuilder text = new StringBuilder(name + ", a cycle of dependencies:");
            for (Edge edge : cycle) {
                text.append("\n  ").append(edge);
            }
            for (Edge edge : cycle) {
                text.append("\n  ").append(edge.from);
            }
            return text.toString();
        }
    }
}
