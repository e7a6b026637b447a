package dev.boreal.simulation;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.simulation.node.AdjudicatorNode;
import dev.boreal.simulation.node.ControlPlaneNode;
import dev.boreal.simulation.node.CrossbarNode;
import dev.boreal.simulation.node.JournalNode;
import dev.boreal.simulation.node.QueryProcessorNode;
import dev.boreal.simulation.node.ReplicaNode;
import dev.boreal.simulation.node.StorageNode;
import dev.boreal.simulation.node.Watch;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Workload;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The nodes of a run over three zones; how many of each, and how good their clocks are, is up to the seed. */
final class Cluster {
    private static final List<String> ZONES = List.of("a", "b", "c");
    private static final long[] CLOCK_ERRORS = {0, 100 * World.MICROSECOND, World.MILLISECOND, 4 * World.MILLISECOND};

    private final World world;
    private final Settings settings;
    private final Chance chance;
    private final long clockError;
    private final List<String> members = new ArrayList<>();
    private final List<StorageNode> storages = new ArrayList<>();
    private final List<AdjudicatorNode> adjudicators = new ArrayList<>();

    private Cluster(World world, Settings settings) {
        this.world = world;
        this.settings = settings;
        this.chance = world.chance().fork();
        this.clockError = CLOCK_ERRORS[chance.below(CLOCK_ERRORS.length)];
    }

    static Cluster build(World world, Settings settings, int shards, Workload workload, History history, Watch watch) {
        Cluster cluster = new Cluster(world, settings);
        List<List<String>> journals = new ArrayList<>();
        List<List<String>> candidates = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            journals.add(cluster.journal(shard, watch));
        }
        for (int shard = 0; shard < shards; shard++) {
            candidates.add(cluster.adjudicators(shard, journals.get(shard), watch));
        }
        cluster.readers(journals, candidates, workload, history, watch);
        world.nodes().forEach(Node::boot);
        return cluster;
    }

    private SkewedClock clock() {
        return new SkewedClock(world, clockError);
    }

    private String zone() {
        return ZONES.get(chance.below(ZONES.size()));
    }

    private static String suffix(int shard) {
        return shard == 0 ? "" : Integer.toString(shard + 1);
    }

    private List<String> journal(int shard, Watch watch) {
        return switch (settings.journals()) {
            case "single" -> single(shard, watch);
            case "quorum" -> replicas(shard, watch, ReplicationMode.QUORUM);
            case "chain" -> replicas(shard, watch, ReplicationMode.CHAIN);
            case "any" ->
                switch (chance.below(3)) {
                    case 0 -> single(shard, watch);
                    case 1 -> replicas(shard, watch, ReplicationMode.QUORUM);
                    default -> replicas(shard, watch, ReplicationMode.CHAIN);
                };
            default -> throw new IllegalStateException("no journal is " + settings.journals());
        };
    }

    /** A replica in each zone. */
    private List<String> replicas(int shard, Watch watch, ReplicationMode mode) {
        List<String> names = new ArrayList<>();
        for (String zone : ZONES) {
            names.add("journal" + suffix(shard) + "-" + zone);
        }
        List<String> register = mode == ReplicationMode.CHAIN ? controlPlane(watch) : List.of();
        JournalPlan first = new JournalPlan("journal" + suffix(shard), mode, 1, names, List.of(), 2);
        for (int i = 0; i < names.size(); i++) {
            ReplicaNode ignored = new ReplicaNode(
                    world, names.get(i), ZONES.get(i), clock(), shard, first, register, watch, settings.bug());
        }
        return names;
    }

    private List<String> controlPlane(Watch watch) {
        if (members.isEmpty()) {
            for (String zone : ZONES) {
                members.add("control-" + zone);
            }
            for (String zone : ZONES) {
                ControlPlaneNode ignored = new ControlPlaneNode(
                        world, "control-" + zone, zone, clock(), List.copyOf(members), watch, settings.bug());
            }
        }
        return members;
    }

    private List<String> single(int shard, Watch watch) {
        String name = "journal" + suffix(shard);
        JournalNode node = new JournalNode(world, name, zone(), clock(), shard, watch, settings.bug());
        return List.of(node.name());
    }

    private List<String> adjudicators(int shard, List<String> journal, Watch watch) {
        AdjudicatorConfiguration configuration =
                AdjudicatorConfiguration.defaults().withHeartbeatInterval(Duration.ofMillis(4), Duration.ofMillis(4));
        List<String> names = new ArrayList<>();
        int candidates = chance.between(2, 3);
        for (int rank = 0; rank < candidates; rank++) {
            TenureConfiguration tenures =
                    new TenureConfiguration(Duration.ofMillis(150), rank, Duration.ofMillis(10), 1 << 12);
            AdjudicatorNode node = new AdjudicatorNode(
                    world,
                    "adjudicator" + suffix(shard) + ZONES.get(rank),
                    ZONES.get(rank),
                    clock(),
                    shard,
                    journal,
                    configuration,
                    tenures,
                    watch,
                    settings.bug());
            adjudicators.add(node);
            names.add(node.name());
        }
        return names;
    }

    private void readers(
            List<List<String>> journals,
            List<List<String>> candidates,
            Workload workload,
            History history,
            Watch watch) {
        List<String> crossbars = new ArrayList<>();
        for (String zone : ZONES.subList(0, chance.between(1, 2))) {
            crossbars.add(new CrossbarNode(world, "crossbar-" + zone, zone, clock(), journals, settings.bug()).name());
        }
        List<String> names = new ArrayList<>();
        for (String zone : ZONES.subList(0, chance.between(2, 3))) {
            StorageNode node =
                    new StorageNode(world, "storage-" + zone, zone, clock(), crossbars, watch, settings.bug());
            storages.add(node);
            names.add(node.name());
        }
        for (int i = 0; i < 2; i++) {
            List<String> nearest = new ArrayList<>(names);
            Collections.rotate(nearest, i);
            String zone = ZONES.get(i);
            new QueryProcessorNode(
                    world,
                    "query-" + zone,
                    zone,
                    clock(),
                    nearest,
                    candidates,
                    workload,
                    chance.between(2, 4),
                    history,
                    settings.bug());
        }
    }

    List<StorageNode> storages() {
        return storages;
    }

    boolean isLeading(Node node) {
        return switch (node) {
            case AdjudicatorNode adjudicator -> adjudicator.isLeading();
            case ReplicaNode replica -> replica.isLeading();
            case ControlPlaneNode member -> member.isLeading();
            default -> false;
        };
    }

    long clockError() {
        return clockError;
    }
}
