package dev.boreal.bench.journal;

import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.clock.Clock;
import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A journal of processes, started as {@code ./boreal journal up} does, and its client in this process. */
final class BorealJournal implements AppendTarget {
    private final LocalCluster cluster;
    private final Thread ending = new Thread(this::down, "journal-down");
    private final JournalConnection connection;
    private final Journal journal;
    private final Clock clock = new SystemClock(0);
    private final long epoch;
    private long lastTimestamp;

    /** @param directory where its processes keep their data; made by this */
    BorealJournal(Path directory, int replicas, ReplicationMode mode)
            throws BenchmarkException, IOException, InterruptedException {
        try {
            cluster = LocalCluster.createJournal(directory, replicas, mode, 0);
            Runtime.getRuntime().addShutdownHook(ending);
            cluster.up((role, members) -> {});
        } catch (ClusterException e) {
            throw new BenchmarkException(String.valueOf(e.getMessage()));
        }
        connection = JournalConnection.open(cluster.file(), "main");
        journal = connection.journal();
        OpenOutcome outcome = journal.open("bench", journal.currentEpoch(), timestamp -> {});
        if (!(outcome instanceof OpenOutcome.Opened opened)) {
            throw new BenchmarkException("the journal takes no writer: " + outcome);
        }
        epoch = opened.epoch();
        lastTimestamp = opened.lastTimestamp();
    }

    @Override
    public String name() {
        return "Boreal";
    }

    @Override
    public void append(byte[] payload, Answer answer) {
        Listener listener = new Listener(answer);
        synchronized (this) {
            lastTimestamp = Math.max(lastTimestamp + 1, clock.latest());
            journal.append(epoch, new JournalEntry(lastTimestamp, payload), listener);
        }
    }

    private record Listener(Answer answer) implements Journal.AppendListener {
        @Override
        public void onDurable(long position) {
            answer.onDurable();
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            answer.onFailed(refusal.toString());
        }
    }

    /** SIGKILL for every process of a zone. */
    void killZone(String zone) throws IOException, InterruptedException, BenchmarkException {
        try {
            cluster.kill(membersOf(zone));
        } catch (ClusterException e) {
            throw new BenchmarkException(String.valueOf(e.getMessage()));
        }
    }

    /** Starts the processes of a zone again; returns when they are ready. */
    void restartZone(String zone) throws IOException, InterruptedException, BenchmarkException {
        try {
            cluster.restart(membersOf(zone));
        } catch (ClusterException e) {
            throw new BenchmarkException(String.valueOf(e.getMessage()));
        }
    }

    private List<MemberSection> membersOf(String zone) throws BenchmarkException {
        List<MemberSection> members = cluster.configuration().members().stream()
                .filter(member -> member.zone().equals(zone))
                .toList();
        if (members.isEmpty()) {
            throw new BenchmarkException("there is no zone " + zone + " among "
                    + cluster.configuration().zones());
        }
        return members;
    }

    private void down() {
        try {
            cluster.down();
        } catch (IOException e) {
            System.err.println("cannot stop the journal's processes: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        connection.close();
        down();
        Runtime.getRuntime().removeShutdownHook(ending);
    }
}
