package dev.boreal.simulation.node;

import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.util.List;
import java.util.SortedMap;

/** The doors {@code Storage} and {@code Adjudicator} as messages of a query processor. */
public sealed interface ClientMessage {

    /** Hello. */
    record Hello(String name) implements ClientMessage {}

    record Read(long number, long asOf, List<Item> items) implements ClientMessage {}

    /** Items that do not exist are missing. */
    record Values(long number, SortedMap<Item, Numbers> values) implements ClientMessage {}

    record ReadFailed(long number, String why) implements ClientMessage {}

    record Commit(long number, CommitRequest request) implements ClientMessage {}

    record Outcome(long number, CommitOutcome outcome) implements ClientMessage {}
}
