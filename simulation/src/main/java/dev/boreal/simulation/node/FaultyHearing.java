package dev.boreal.simulation.node;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.Message;
import dev.boreal.journal.replica.RecordBatch;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.simulation.PlantedBug;

/**
 * Stands between the network and the real core of a replica, and changes what it hears so that it does what a core with the
 * {@link PlantedBug} inside would do. One for each start of a replica.
 */
final class FaultyHearing {
    private final PlantedBug bug;
    private final String self;
    private final ReplicaCore core;
    private final ReplicaFiles files;
    private long heartbeat;
    private long vouchedFor;

    FaultyHearing(PlantedBug bug, String self, ReplicaCore core, ReplicaFiles files) {
        this.bug = bug;
        this.self = self;
        this.core = core;
        this.files = files;
    }

    void receive(String from, Message message, long now) {
        if (message instanceof Message.Relay(String origin, String destination, Message relayed)
                && destination.equals(self)) {
            core.receive(from, new Message.Relay(origin, self, misheard(relayed)), now);
        } else {
            core.receive(from, misheard(message), now);
        }
    }

    /** A heartbeat that is to be told whatever is committed, or 0. */
    long heartbeat() {
        return heartbeat;
    }

    private Message misheard(Message message) {
        return switch (message) {
            case Message.Promise promise
            when bug == PlantedBug.PROPOSER_IGNORES_ACCEPTED -> new Message.Promise(promise.term(), 0, 0);
            case Message.Append append when bug == PlantedBug.FOLLOWER_KEEPS_MISMATCHING_SUFFIX -> fitting(append);
            case Message.Append append
            when bug == PlantedBug.HEARTBEAT_PASSES_UNCOMMITTED -> {
                heartbeat = Math.max(heartbeat, append.heartbeat());
                yield append;
            }
            default -> message;
        };
    }

    /** What is beyond the own log, as if that ended with the sender's record. */
    private Message fitting(Message.Append append) {
        long last = core.lastIndex();
        if (append.previousIndex() > last) {
            return append;
        }
        RecordBatch records = append.records();
        int known = (int) Math.min(records.size(), last - append.previousIndex());
        long after = append.previousIndex() + known;
        int size = records.size() - known;
        long[] terms = new long[size];
        RecordKind[] kinds = new RecordKind[size];
        JournalEntry[] entries = new JournalEntry[size];
        for (int i = 0; i < size; i++) {
            terms[i] = records.term(known + i);
            kinds[i] = records.kind(known + i);
            entries[i] = records.entry(known + i);
        }
        return new Message.Append(
                append.term(),
                after,
                files.termAt(after),
                new RecordBatch(after + 1, size, terms, kinds, entries),
                append.committed(),
                append.heartbeat(),
                append.more());
    }

    /** Before every flush: the head of a chain says of the last member that it has what the head has. */
    void beforeFlush(long now) {
        JournalPlan plan = core.plan();
        long durable = files.durableIndex();
        if (bug != PlantedBug.CHAIN_SKIPS_A_MEMBER || plan == null || !core.leads() || durable <= vouchedFor) {
            return;
        }
        vouchedFor = durable;
        core.receive(plan.tail(), new Message.Acceptance(core.term(), durable, durable, false, false), now);
    }
}
