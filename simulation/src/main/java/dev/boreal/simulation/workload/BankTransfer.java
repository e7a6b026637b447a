package dev.boreal.simulation.workload;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;

/** Money goes from account to account within a shard; the sum of a shard's accounts is the same in every snapshot. */
public final class BankTransfer implements Workload {
    /** Items of this table are accounts. */
    public static final char TABLE = 'b';

    public static final long OPENING_BALANCE = 100;

    private final int shards;
    private final int accounts;

    public BankTransfer(int shards, int accounts) {
        this.shards = shards;
        this.accounts = accounts;
    }

    @Override
    public Plan next(Chance chance) {
        int shard = chance.below(shards);
        if (chance.oneIn(3)) {
            return new Plan("bank", items(), chance.oneIn(3), Plan.NOTHING);
        }
        int from = chance.below(accounts);
        int to = (from + 1 + chance.below(accounts - 1)) % accounts;
        long amount = chance.between(1, 20);
        Item payer = new Item(shard, TABLE, from);
        Item payee = new Item(shard, TABLE, to);
        return new Plan("bank", List.of(payer, payee), false, (values, writes) -> {
            Numbers balance = values.get(payer);
            Numbers other = values.get(payee);
            if (balance == null || other == null) {
                for (int i = 0; i < accounts; i++) {
                    writes.put(new Item(shard, TABLE, i), Numbers.of(OPENING_BALANCE));
                }
            } else {
                writes.put(payer, Numbers.of(balance.at(0) - amount));
                writes.put(payee, Numbers.of(other.at(0) + amount));
            }
        });
    }

    @Override
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            for (int i = 0; i < accounts; i++) {
                items.add(new Item(shard, TABLE, i));
            }
        }
        return items;
    }
}
