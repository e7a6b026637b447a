package dev.boreal.adjudicator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.Requests;
import dev.boreal.adjudicator.client.AdjudicatorClient;
import dev.boreal.adjudicator.client.AdjudicatorClientConfiguration;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.clock.Chance;
import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients commit through unreliable connections while the tenure goes from one to the other, given back or lost. Whatever a
 * client is told must be what the journal holds.
 */
@Timeout(120)
class TakeOverTest {
    private static final int THREADS = 16;
    private static final int COMMITS = 40;

    private final SystemClock clock = new SystemClock(0);
    private final SystemTimer timer = new SystemTimer("test-timer");
    private final MemoryJournal journal = new MemoryJournal().startSyncing();
    private final Map<Long, CommitOutcome> told = new ConcurrentHashMap<>();

    private ElectedAdjudicator start(String name) {
        return ElectedAdjudicator.start(
                journal,
                AdjudicatorConfiguration.defaults().withName(name),
                TenureConfiguration.defaults().withLength(Duration.ofMillis(150)),
                clock,
                timer);
    }

    @Test
    void whatClientsAreToldIsWhatTheJournalHolds() throws InterruptedException {
        List<Candidate> candidates = List.of(new Candidate("a"), new Candidate("b"), new Candidate("c"));
        Map<String, UnreliableConnection> connections = new LinkedHashMap<>();
        candidates.forEach(candidate -> connections.put(candidate.name, candidate.connection));
        AdjudicatorClient client = new AdjudicatorClient(
                connections, AdjudicatorClientConfiguration.defaults().withTimeout(Duration.ofSeconds(2)), timer);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            threads.add(Thread.ofPlatform().start(() -> commitMany(client, number)));
        }
        Chance chance = new Chance(7);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            disturb(chance, candidates);
            Thread.sleep(chance.below(300));
        }
        Thread.sleep(200); // What was delayed on the way has arrived.
        candidates.forEach(candidate -> candidate.adjudicator.close());
        client.close();
        timer.close();
        check();
    }

    private void commitMany(AdjudicatorClient client, int number) {
        Chance chance = new Chance(number);
        for (int i = 0; i < COMMITS; i++) {
            long id = number * 1_000_000L + i + 1;
            CommitRequest request =
                    Requests.of(id, clock.latest(), AccessMode.WRITE, new byte[] {(byte) chance.below(100)});
            told.put(id, client.commit(request));
        }
    }

    private void disturb(Chance chance, List<Candidate> candidates) {
        Candidate candidate = candidates.get(chance.below(candidates.size()));
        if (candidate.adjudicator.status().leading()) {
            if (chance.oneIn(2)) {
                candidate.adjudicator.close();
                candidate.adjudicator = start(candidate.name);
                candidate.connection.replace(candidate.adjudicator);
            } else {
                journal.open("intruder", journal.currentEpoch(), timestamp -> {});
            }
        }
    }

    private final class Candidate {
        private final String name;
        private ElectedAdjudicator adjudicator;
        private final UnreliableConnection connection;

        Candidate(String name) {
            this.name = name;
            this.adjudicator = start(name);
            this.connection = new UnreliableConnection(adjudicator, timer, new Chance(name.hashCode()));
        }
    }

    private void check() {
        Map<Long, Long> held = new HashMap<>();
        for (MemoryJournal.Item item : journal.stream()) {
            if (item.entry() != null
                    && TransactionRecord.kindOf(item.entry().payload()) == TransactionRecord.Kind.COMMIT) {
                long id = TransactionRecord.transactionIdOf(item.entry().payload());
                assertThat(held.put(id, item.timestamp()))
                        .as("transaction %s is there once", id)
                        .isNull();
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        told.forEach((id, outcome) -> {
            counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
            switch (outcome) {
                case CommitOutcome.Committed(long timestamp) ->
                    assertThat(held).as("acknowledged").containsEntry(id, timestamp);
                case CommitOutcome.Conflicted ignored ->
                    assertThat(held).as("conflicted").doesNotContainKey(id);
                case CommitOutcome.Refused refused ->
                    assertThat(held).as("%s", refused).doesNotContainKey(id);
                case CommitOutcome.Indeterminate ignored -> {}
            }
        });
        System.out.printf("MEASURED told %s, tenures up to %d%n", counts, journal.currentEpoch());
        assertThat(told).hasSize(THREADS * COMMITS);
        assertThat(counts.getOrDefault("Committed", 0)).isGreaterThan(THREADS * COMMITS / 4);
        assertThat(counts.getOrDefault("Indeterminate", 0)).isLessThan(THREADS * COMMITS / 4);
        assertThat(journal.currentEpoch()).isGreaterThan(3);
    }
}
