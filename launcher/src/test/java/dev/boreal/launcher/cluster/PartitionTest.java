package dev.boreal.launcher.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of 18 processes whose zones do not reach one another, under load. Each zone has a writer and a reader that stay with its
 * query processor, also while it is with the minority. The side with a majority goes on; whoever is cut off acknowledges nothing that
 * gets lost and shows nothing that is past; when all is well again everybody goes on, with nobody's help.
 *
 * <p>{@code ./boreal faults partitions} runs all kinds, by proxies or, with {@code --namespaces}, by network namespaces.
 */
class PartitionTest {
    private static final int ROUNDS = Integer.getInteger("boreal.cluster.partitions", 3);
    private static final long SEED = Long.getLong("boreal.faults.seed", 20_260_103L);
    private static final boolean NAMESPACES = Boolean.getBoolean("boreal.partition.namespaces");
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofMillis(60);
    private static final int ZONES = 3;
    private static final long LIMIT_MILLIS = 3_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    @TempDir
    Path directory;

    private ZoneNetwork network;
    private LocalCluster cluster;
    private List<String> zones;
    private final Chance chance = new Chance(SEED);

    /** How zones are kept apart; those named first are the zone that decides, and the others. */
    private enum Partition {
        ALONE("the zone that decides is alone"),
        DUMB("the zone that decides is not heard"),
        APART("every zone is alone"),
        DEAF("the zone that decides hears nobody"),
        TRIANGLE("the zone that decides and another one reach only the third"),
        OTHER("a zone that does not decide is alone"),
        SLOW("all ways are slow");

        private final String words;

        Partition(String words) {
            this.words = words;
        }
    }

    @BeforeEach
    void up() throws Exception {
        if (NAMESPACES) {
            assumeTrue(NamespaceNetwork.isPossible(), "needs the right to make network namespaces, as root has it");
        }
        network = NAMESPACES ? new NamespaceNetwork() : new ProxyNetwork();
        cluster = network.create(directory.resolve("cluster"), ZONES).startedBy(TrainedJava.launch());
        zones = cluster.configuration().zones();
        cluster.up((role, members) -> {});
    }

    @AfterEach
    void down() throws Exception {
        if (cluster != null) {
            cluster.down();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void neitherLosesNorForksAnythingWhenZonesAreCutApart() throws Exception {
        Gaps gaps = new Gaps(LIMIT_MILLIS);
        Wholeness wholeness = new Wholeness(cluster);
        try (ClusterLoad load = ClusterLoad.start(cluster, SEED, true)) {
            load.awaitCommits();
            wholeness.awaitAll();
            for (int round = 0; round < ROUNDS; round++) {
                Partition partition = Partition.values()[round % Partition.values().length];
                if (partition != Partition.SLOW || network.canDelay()) {
                    part(partition, round, load, wholeness, gaps);
                }
            }
            load.stopAndVerify();
            System.out.print("cluster: cut apart by " + network + "; " + load.summary()
                    + "; how long no commit was acknowledged:\n" + gaps.table());
        }
    }

    private void part(Partition partition, int round, ClusterLoad load, Wholeness wholeness, Gaps gaps)
            throws Exception {
        List<String> order = decidingFirst();
        long began = System.nanoTime();
        List<String> goOn = apply(partition, order);
        Thread.sleep(LENGTH.toMillis());
        load.awaitCommits(load.writers().stream()
                .filter(writer -> goOn.contains(zones.get(writer.ledger().id() - 1)))
                .toList());
        long healed = System.nanoTime();
        network.heal();
        load.awaitCommits();
        long writing = System.nanoTime();
        load.awaitReads();
        long reading = System.nanoTime();
        wholeness.awaitAll();
        long whole = System.nanoTime();
        long away = load.times().longestGapNanos(began, healed) / NANOS_PER_MILLI;
        long again = load.times().longestGapNanos(healed, whole) / NANOS_PER_MILLI;
        gaps.add(partition.words, goOn.isEmpty() ? again : Math.max(away, again));
        System.out.printf(
                Locale.ROOT,
                "cluster: %3d. %s (%s): no commit for %d ms, healed for %d ms;"
                        + " all write after %d ms, read after %d ms, whole after %d ms%n",
                round + 1,
                partition.words,
                order.getFirst(),
                away,
                again,
                (writing - healed) / NANOS_PER_MILLI,
                (reading - healed) / NANOS_PER_MILLI,
                (whole - healed) / NANOS_PER_MILLI);
    }

    /** Cuts; the zones whose clients must be able to go on. */
    private List<String> apply(Partition partition, List<String> order) throws Exception {
        String decides = order.getFirst();
        List<String> others = order.subList(1, order.size());
        switch (partition) {
            case ALONE -> apart(decides, others);
            case DUMB -> {
                for (String other : others) {
                    network.cut(decides, other);
                }
            }
            case DEAF -> {
                for (String other : others) {
                    network.cut(other, decides);
                }
            }
            case APART -> {
                apart(decides, others);
                apart(others.getFirst(), others.subList(1, others.size()));
                return List.of();
            }
            case TRIANGLE -> {
                apart(decides, others.subList(0, 1));
                return others.subList(1, others.size());
            }
            case OTHER -> {
                apart(others.getLast(), order.subList(0, order.size() - 1));
                return order.subList(0, order.size() - 1);
            }
            case SLOW -> {
                for (String from : zones) {
                    for (String to : zones) {
                        if (!from.equals(to)) {
                            network.delay(from, to, DELAY);
                        }
                    }
                }
                return zones;
            }
        }
        return others;
    }

    private void apart(String zone, List<String> others) throws Exception {
        for (String other : others) {
            network.cut(zone, other);
            network.cut(other, zone);
        }
    }

    /** All zones: at first the one whose adjudicator decides, then the others as chance will have it. */
    private List<String> decidingFirst() throws Exception {
        List<String> order = new ArrayList<>(zones);
        if (chance.below(2) == 0) {
            order = new ArrayList<>(order.reversed());
        }
        for (MemberSection member : cluster.configuration().members(Role.ADJUDICATOR)) {
            MemberState state = cluster.state(member);
            if (state.status() != null && state.status().note().startsWith("decides")) {
                order.remove(member.zone());
                order.addFirst(member.zone());
                return order;
            }
        }
        return order;
    }
}
