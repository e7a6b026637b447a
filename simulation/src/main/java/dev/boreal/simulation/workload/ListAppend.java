package dev.boreal.simulation.workload;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Each item is a list to which transactions append numbers that never come twice, so that what a reader sees tells exactly who
 * came before it (Kingsbury and Alvaro, Elle, VLDB 2020).
 */
public final class ListAppend implements Workload {
    /** Items of this table are lists. */
    public static final char TABLE = 'l';

    /** Items of this table are written without being read. */
    public static final char BLIND_TABLE = 'r';

    private final String name;
    private final int shards;
    private final int lists;
    private final int readersInHundred;
    private long numbers;

    public ListAppend(String name, int shards, int lists, int readersInHundred) {
        this.name = name;
        this.shards = shards;
        this.lists = lists;
        this.readersInHundred = readersInHundred;
    }

    @Override
    public Plan next(Chance chance) {
        boolean reads = chance.below(100) < readersInHundred;
        if (reads) {
            List<Item> all = chance.oneIn(2) ? lists() : List.copyOf(some(chance, chance.between(1, 4)));
            return new Plan(name, all, chance.oneIn(2), Plan.NOTHING);
        }
        int shard = chance.below(shards);
        if (chance.oneIn(8)) {
            Item blind = new Item(shard, BLIND_TABLE, chance.below(lists));
            return new Plan(name, List.of(), false, (values, writes) -> writes.put(blind, Numbers.of(++numbers)));
        }
        TreeSet<Item> appended = new TreeSet<>();
        for (int i = chance.between(1, 2); i > 0; i--) {
            appended.add(new Item(shard, TABLE, chance.below(lists)));
        }
        Set<Item> read = some(chance, chance.between(0, 2));
        read.addAll(appended);
        boolean twice = chance.oneIn(4);
        return new Plan(name, List.copyOf(read), false, (values, writes) -> {
            for (Item item : appended) {
                Numbers longer = values.getOrDefault(item, Numbers.of()).plus(++numbers);
                writes.put(item, twice ? longer.plus(++numbers) : longer);
            }
        });
    }

    private Set<Item> some(Chance chance, int count) {
        TreeSet<Item> some = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            some.add(new Item(chance.below(shards), TABLE, chance.below(lists)));
        }
        return some;
    }

    @Override
    public List<Item> items() {
        List<Item> items = new ArrayList<>(lists());
        for (Item list : lists()) {
            items.add(new Item(list.shard(), BLIND_TABLE, list.number()));
        }
        return items;
    }

    private List<Item> lists() {
        List<Item> items = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            for (int i = 0; i < lists; i++) {
                items.add(new Item(shard, TABLE, i));
            }
        }
        return items;
    }
}
