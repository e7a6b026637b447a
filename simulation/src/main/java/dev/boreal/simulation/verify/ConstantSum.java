package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.BankTransfer;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** No snapshot shows money that came from nowhere, or went there. */
public final class ConstantSum implements Verifier {
    private record Account(long sum, int count) {}

    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        for (Attempt attempt : history.attempts()) {
            if (attempt.readAll() && attempt.plan().reads().size() > 2) {
                String wrong = check(attempt.reads());
                if (wrong != null) {
                    return wrong + "\n  " + attempt;
                }
            }
        }
        return check(last);
    }

    private static @Nullable String check(SortedMap<Item, Numbers> values) {
        TreeMap<Integer, Account> shards = new TreeMap<>();
        values.forEach((item, value) -> {
            if (item.table() == BankTransfer.TABLE) {
                shards.merge(
                        item.shard(),
                        new Account(value.at(0), 1),
                        (one, other) -> new Account(one.sum + other.sum, one.count + other.count));
            }
        });
        for (Map.Entry<Integer, Account> shard : shards.entrySet()) {
            long expected = BankTransfer.OPENING_BALANCE * shard.getValue().count;
            if (shard.getValue().sum != expected) {
                return "the accounts of shard " + shard.getKey() + " hold " + shard.getValue().sum + ", not " + expected
                        + ": " + values;
            }
        }
        return null;
    }
}
