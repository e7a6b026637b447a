package dev.boreal.simulation.workload;

import dev.boreal.clock.Chance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients do. One object for all sessions of a run. */
public interface Workload {

    /** The next transaction of a session, or null if there is none for now. */
    @Nullable Plan next(Chance chance);

    /** Every item that it may write. */
    List<Item> items();

    /** By the name that is typed: {@code mixed}, {@code list-append}, {@code bank}, {@code cycle}, {@code snapshots}, {@code hand-over}. */
    static Workload of(String name, int shards) {
        return switch (name) {
            case "mixed" ->
                new Mixed(List.of(
                        new ListAppend("list-append", shards, 6, 40),
                        new BankTransfer(shards, 4),
                        new OneRing(shards, 5)));
            case "list-append", "hand-over" -> new ListAppend(name, shards, 6, 30);
            case "snapshots" -> new ListAppend(name, shards, 4, 75);
            case "bank" -> new BankTransfer(shards, 6);
            case "cycle" -> new OneRing(shards, 7);
            default ->
                throw new IllegalArgumentException("no workload is called \"" + name
                        + "\"; there are mixed, list-append, bank, cycle, snapshots, hand-over");
        };
    }
}
