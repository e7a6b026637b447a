package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.JournalContract;
import dev.boreal.journal.service.JournalConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by replicas in this process behind a client. */
abstract class ReplicatedContract extends JournalContract {
    private static final JournalConfiguration CONFIGURATION =
            JournalConfiguration.defaults().withSegmentBytes(16 << 10).withHistoryBatch(16, 1 << 10);

    private final ReplicationMode mode;
    private final List<String> names;
    private @Nullable JournalCluster cluster;

    ReplicatedContract(ReplicationMode mode, List<String> names) {
        this.mode = mode;
        this.names = names;
    }

    private JournalCluster cluster() {
        JournalCluster running = cluster;
        if (running == null) {
            running = new JournalCluster(mode, names, CONFIGURATION);
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

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
