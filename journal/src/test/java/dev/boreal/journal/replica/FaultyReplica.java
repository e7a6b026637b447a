package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.record.RecordKind;

/**
 * A replica with a {@link PlantedBug}. The core is the real one: the mistake is in what it is told, which is changed so that it does
 * what a core with the mistake inside would do.
 */
final class FaultyReplica extends SimulatedReplica {
    private final PlantedBug bug;
    private long heardHeartbeat;
    private long vouchedFor;

    FaultyReplica(String name, SimulatedWorld world, ReplicaConfiguration configuration, PlantedBug bug) {
        super(name, world, configuration);
        this.bug = bug;
    }

    @Override
    Standing recovered(Standing standing) {
        heardHeartbeat = 0;
        vouchedFor = 0;
        return bug == PlantedBug.HEAD_GOES_ON_AFTER_RESTART && standing.term() > 0
                ? new Standing(standing.term() - 1, standing.complete())
                : standing;
    }

    @Override
    void receive(String from, Message message, long now) {
        if (message instanceof Message.Relay(String origin, String destination, Message relayed)
                && destination.equals(name)) {
            super.receive(from, new Message.Relay(origin, name, misheard(relayed)), now);
        } else {
            super.receive(from, misheard(message), now);
        }
    }

    private Message misheard(Message message) {
        return switch (message) {
            case Message.Promise promise
            when bug == PlantedBug.PROPOSER_IGNORES_ACCEPTED -> new Message.Promise(promise.term(), 0, 0);
            case Message.Append append when bug == PlantedBug.FOLLOWER_KEEPS_MISMATCHING_SUFFIX -> fitting(append);
            case Message.Append append
            when bug == PlantedBug.HEARTBEAT_PASSES_UNCOMMITTED -> {
                heardHeartbeat = Math.max(heardHeartbeat, append.heartbeat());
                yield append;
            }
            default -> message;
        };
    }

    /** What is beyond the own log, as if that ended with the sender's record. */
    private Message fitting(Message.Append append) {
        long last = core().lastIndex();
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
                writtenTerm(after),
                new RecordBatch(after + 1, size, terms, kinds, entries),
                append.committed(),
                append.heartbeat(),
                append.more());
    }

    /** The head of a chain says of the last member that it has what the head has. */
    private void vouch() {
        JournalPlan plan = core().plan();
        long durable = durableIndex();
        if (plan == null || !core().leads() || durable <= vouchedFor) {
            return;
        }
        vouchedFor = durable;
        Message word = new Message.Acceptance(core().term(), durable, durable, false, false);
        super.receive(plan.tail(), word, now());
    }

    @Override
    void flush() {
        if (bug == PlantedBug.ACKNOWLEDGES_BEFORE_SYNC) {
            core().synced(core().lastIndex());
        }
        if (bug == PlantedBug.CHAIN_SKIPS_A_MEMBER) {
            vouch();
        }
        super.flush();
        if (heardHeartbeat > watermark) {
            super.watermark(heardHeartbeat);
        }
    }

    @Override
    public void watermark(long timestamp) {
        if (timestamp > watermark || bug != PlantedBug.HEARTBEAT_PASSES_UNCOMMITTED) {
            super.watermark(timestamp);
        }
    }
}
