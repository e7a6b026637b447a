package dev.boreal.simulation.workload;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Each item of a shard names another one, and together they are one ring. A transaction takes an item out and puts it in
 * elsewhere: a snapshot that shows half of that shows no ring (FoundationDB's cycle test).
 */
public final class OneRing implements Workload {
    /** Items of this table are links of a ring. */
    public static final char TABLE = 'c';

    private final int shards;
    private final int length;

    public OneRing(int shards, int length) {
        this.shards = shards;
        this.length = length;
    }

    @Override
    public Plan next(Chance chance) {
        int shard = chance.below(shards);
        List<Item> ring = ring(shard);
        if (chance.oneIn(3)) {
            return new Plan("cycle", ring, chance.oneIn(3), Plan.NOTHING);
        }
        int start = chance.below(length);
        return new Plan("cycle", ring, false, (values, writes) -> {
            if (values.size() < length) {
                for (int i = 0; i < length; i++) {
                    writes.put(ring.get(i), Numbers.of((i + 1) % length));
                }
                return;
            }
            int first = start;
            int second = next(values, ring, first);
            int third = next(values, ring, second);
            int fourth = next(values, ring, third);
            writes.put(ring.get(first), Numbers.of(third));
            writes.put(ring.get(third), Numbers.of(second));
            writes.put(ring.get(second), Numbers.of(fourth));
        });
    }

    private static int next(SortedMap<Item, Numbers> values, List<Item> ring, int from) {
        Numbers link = values.get(ring.get(from));
        return link == null ? from : (int) link.at(0);
    }

    private List<Item> ring(int shard) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(new Item(shard, TABLE, i));
        }
        return items;
    }

    @Override
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            items.addAll(ring(shard));
        }
        return items;
    }
}
