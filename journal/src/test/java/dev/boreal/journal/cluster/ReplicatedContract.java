package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.JournalContract;
import dev.boreal.journal.client.ClientConfiguration;
import dev.boreal.journal.service.JournalConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by replicas behind a client: in this process, or wherever {@link #begin} puts them. */
public abstract class ReplicatedContract extends JournalContract {
    private static final JournalConfiguration CONFIGURATION =
            JournalConfiguration.defaults().withSegmentBytes(16 << 10).withHistoryBatch(16, 1 << 10);

    /** A stream that begins behind the end ends no sooner: some replica might know more. */
    protected static final ClientConfiguration CLIENT =
            ClientConfiguration.defaults().withTimeoutMillis(5_000);

    /** Of those that {@link #fillForTrim} writes, at most. */
    private static final int ENTRIES_OF_A_SEGMENT = 16;

    private final ReplicationMode mode;
    private final List<String> names;
    private @Nullable Replicas cluster;

    /** Some replicas of one journal, all of which run. */
    public interface Replicas extends AutoCloseable {
        /** A client near all of them; the same one until they restart. */
        Journal client();

        /** Where the log of each replica begins. */
        List<Long> firstPositions();

        /** Stops all and starts all. */
        void restart();

        @Override
        void close();
    }

    protected ReplicatedContract(ReplicationMode mode, List<String> names) {
        this.mode = mode;
        this.names = names;
    }

    /** Starts replicas of a new journal. */
    protected Replicas begin(ReplicationMode wanted, List<String> members, JournalConfiguration configuration) {
        return new JournalCluster(wanted, members, configuration, CLIENT);
    }

    private Replicas cluster() {
        Replicas running = cluster;
        if (running == null) {
            running = begin(mode, names, CONFIGURATION);
            cluster = running;
        }
        return running;
    }

    @Override
    protected Journal journal() {
        return cluster().client();
    }

    @Override
    protected Journal restarted() {
        cluster().restart();
        return cluster().client();
    }

    @Override
    protected boolean isReplicated() {
        return true;
    }

    @Override
    protected long fillForTrim(long epoch, long fromTimestamp) {
        long last = 0;
        for (int i = 0; i < 100; i++) {
            last = append(journal(), epoch, new JournalEntry(fromTimestamp + i, new byte[1000]))
                    .durable();
        }
        return last;
    }

    @Override
    protected boolean isTrimmedEverywhere(long last) {
        for (long first : cluster().firstPositions()) {
            if (first <= last - ENTRIES_OF_A_SEGMENT) {
                return false;
            }
        }
        return true;
    }

    @AfterEach
    protected void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
