package dev.boreal.launcher.cluster;

import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.crash.Ledger;
import dev.boreal.launcher.supervision.LocalCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** Clients of a cluster: a writer and a reader for each query processor, and what must be there in the end. */
final class ClusterLoad implements AutoCloseable {
    /** How long anything may take on a machine that is busy; nothing depends on it but the end of a hopeless run. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int COMMITS_BETWEEN = 10;
    private static final int IMPATIENT_SECONDS = 6;
    private static final int PATIENT_SECONDS = 100;

    private final List<MemberSection> processors;
    private final List<ClusterWriter> writers = new ArrayList<>();
    private final List<FreshReader> readers = new ArrayList<>();
    private final CommitTimes times = new CommitTimes();

    private ClusterLoad(LocalCluster cluster) {
        processors = cluster.configuration().members(Role.QUERY_PROCESSOR);
    }

    /**
     * Makes the tables and starts all clients.
     *
     * @param stays whether writers stay with their query processor whatever happens
     */
    static ClusterLoad start(LocalCluster cluster, long seed, boolean stays) throws SQLException {
        ClusterLoad load = new ClusterLoad(cluster);
        List<String> servers = new ArrayList<>();
        for (MemberSection processor : load.processors) {
            servers.add(url(processor, IMPATIENT_SECONDS));
        }
        try (Connection connection = DriverManager.getConnection(url(load.processors.getFirst(), PATIENT_SECONDS))) {
            Ledger.create(connection, servers.size());
        }
        for (int id = 1; id <= servers.size(); id++) {
            load.writers.add(new ClusterWriter(id, seed + id, servers, stays, load.times));
            Collections.rotate(servers, -1);
        }
        for (String server : servers) {
            load.readers.add(new FreshReader(server, load.writers, Ledger.MONEY));
        }
        load.writers.forEach(ClusterWriter::start);
        load.readers.forEach(FreshReader::start);
        return load;
    }

    private static String url(MemberSection processor, int seconds) {
        return "jdbc:postgresql://" + processor.host() + ":" + processor.clientPort()
                + "/postgres?user=postgres&connectTimeout=2&socketTimeout=" + seconds;
    }

    CommitTimes times() {
        return times;
    }

    List<ClusterWriter> writers() {
        return writers;
    }

    List<FreshReader> readers() {
        return readers;
    }

    /** Every writer commits some more. */
    void awaitCommits() {
        awaitCommits(writers);
    }

    void awaitCommits(List<ClusterWriter> some) {
        for (ClusterWriter writer : some) {
            long before = writer.commits();
            try {
                await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
                    verifyNoSurprise();
                    return writer.commits() >= before + COMMITS_BETWEEN;
                });
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("no more commits: " + writers, e);
            }
        }
    }

    /** Every reader reads some more. */
    void awaitReads() {
        for (FreshReader reader : readers) {
            long before = reader.reads();
            await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
                verifyNoSurprise();
                return reader.reads() > before + 1;
            });
        }
    }

    void verifyNoSurprise() {
        writers.forEach(ClusterWriter::verifyNoSurprise);
        readers.forEach(FreshReader::verifyNoSurprise);
    }

    /** Stops all clients, and compares every row through every query processor. */
    void stopAndVerify() throws SQLException, InterruptedException {
        close();
        verifyNoSurprise();
        verify();
    }

    /** Compares every row through every query processor. */
    void verify() throws SQLException {
        for (MemberSection processor : processors) {
            try (Connection connection = DriverManager.getConnection(url(processor, PATIENT_SECONDS))) {
                for (ClusterWriter writer : writers) {
                    int id = writer.ledger().id();
                    writer.ledger().settle(Ledger.lastOf(connection, id));
                    Ledger.verify(connection, id, writer.ledger().acknowledged());
                }
                Ledger.verifyMoney(connection);
            }
        }
    }

    /** What the clients did, in one line. */
    String summary() {
        return "%d commits kept, %d of them settled after a lost answer or none; %d snapshots as they must be"
                .formatted(
                        writers.stream().mapToLong(ClusterWriter::commits).sum(),
                        writers.stream().mapToLong(ClusterWriter::unknown).sum(),
                        readers.stream().mapToLong(FreshReader::reads).sum());
    }

    @Override
    public void close() throws InterruptedException {
        for (ClusterWriter writer : writers) {
            writer.stop();
        }
        for (FreshReader reader : readers) {
            reader.stop();
        }
    }
}
