package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.workload.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A history written by hand: {@code new HandMade().transaction(10, 20).read("x", 1).append("x", 2).commits(15)}. */
final class HandMade {
    private final History history = new History();
    private final TreeMap<Item, Numbers> last = new TreeMap<>();

    Transaction transaction(long begun, long ended) {
        return new Transaction(begun, ended);
    }

    HandMade endsWith(String name, long... values) {
        last.put(item(name), Numbers.of(values));
        return this;
    }

    History history() {
        return history;
    }

    SortedMap<Item, Numbers> last() {
        return last;
    }

    /** Items are called {@code x}, {@code y}, {@code z}. */
    static Item item(String name) {
        return new Item(0, ListAppend.TABLE, name.charAt(0) - 'x');
    }

    final class Transaction {
        private final long begun;
        private final long ended;
        private final List<Item> items = new ArrayList<>();
        private final TreeMap<Item, Numbers> reads = new TreeMap<>();
        private final TreeMap<Item, Numbers> writes = new TreeMap<>();

        private Transaction(long begun, long ended) {
            this.begun = begun;
            this.ended = ended;
        }

        Transaction read(String name, long... values) {
            items.add(item(name));
            if (values.length > 0) {
                reads.put(item(name), Numbers.of(values));
            }
            return this;
        }

        /** Appends to what it read. */
        Transaction append(String name, long... values) {
            Numbers longer = reads.getOrDefault(item(name), Numbers.of());
            for (long value : values) {
                longer = longer.plus(value);
            }
            writes.put(item(name), longer);
            return this;
        }

        HandMade commits(long timestamp) {
            return ends(Attempt.Ending.COMMITTED, timestamp);
        }

        HandMade commits() {
            return ends(Attempt.Ending.COMMITTED, 0);
        }

        HandMade ends(Attempt.Ending how, long timestamp) {
            Attempt attempt = history.begin("hand", new Plan("hand-made", items, false, Plan.NOTHING), begun, begun);
            attempt.read(reads);
            attempt.wrote(writes);
            attempt.end(how, timestamp, ended, "");
            return HandMade.this;
        }
    }
}
