package dev.boreal.simulation;

import dev.boreal.clock.Chance;
import dev.boreal.simulation.node.StorageNode;
import dev.boreal.simulation.verify.CommitAfterSnapshot;
import dev.boreal.simulation.verify.ConstantSum;
import dev.boreal.simulation.verify.Durability;
import dev.boreal.simulation.verify.OneCycle;
import dev.boreal.simulation.verify.RealTimeOrder;
import dev.boreal.simulation.verify.RepeatableSnapshots;
import dev.boreal.simulation.verify.ReplicaConvergence;
import dev.boreal.simulation.verify.SnapshotIsolation;
import dev.boreal.simulation.verify.Verifier;
import dev.boreal.simulation.verify.Witness;
import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.workload.Plan;
import dev.boreal.simulation.workload.Workload;
import dev.boreal.simulation.world.Nemesis;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.Trace;
import dev.boreal.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run: a cluster in one thread under virtual time. Clients work while the nemesis strikes; then everything is made good,
 * the clients finish, and the verifiers look at what they were told.
 */
public final class Simulation {
    private static final long FIRST_FAULT = 150 * World.MILLISECOND;
    private static final long FAULTS_LAST = 1_800 * World.MILLISECOND;
    private static final long CALM_AFTERWARDS = 300 * World.MILLISECOND;
    private static final long PATIENCE = 15 * World.SECOND;
    private static final long STEP = 20 * World.MILLISECOND;

    private final Settings settings;
    private final World world;
    private final History history = new History();
    private final Stopping workload;
    private final Witness witness;
    private final Cluster cluster;
    private final Nemesis nemesis;

    private Simulation(Settings settings, Trace trace) {
        this.settings = settings;
        this.world = new World(settings.seed(), trace);
        int shards = world.chance().oneIn(3) ? 1 : 2;
        this.workload = new Stopping(Workload.of(settings.workload(), shards));
        this.witness = new Witness(world);
        this.cluster = Cluster.build(world, settings, shards, workload, history, witness);
        this.nemesis = new Nemesis(world, settings.faults(), cluster::isLeading);
    }

    /** Runs one seed to its end, or to the first violation. */
    public static Outcome run(Settings settings, Trace trace) {
        return new Simulation(settings, trace).run();
    }

    private Outcome run() {
        world.runUntil(World.BEGINNING + FIRST_FAULT);
        nemesis.begin();
        world.runUntil(world.now() + FAULTS_LAST);
        if (world.violations().isEmpty()) {
            nemesis.end();
        }
        world.runUntil(world.now() + CALM_AFTERWARDS);
        workload.stopped = true;
        finish();
        return new Outcome(
                world.violations(),
                world.events(),
                world.now() - World.BEGINNING,
                history.attempts().size(),
                history.committed(),
                nemesis.faults(),
                world.trace().digest());
    }

    /** When faults end, everything gets through: clients are answered and replicas reach the present. */
    private void finish() {
        long deadline = world.now() + PATIENCE;
        while (!history.isOver() && world.now() < deadline && world.violations().isEmpty()) {
            world.runUntil(world.now() + STEP);
        }
        long asOf = Math.max(world.now() + cluster.clockError(), history.lastTimestamp()) + 1;
        while (!allReached(asOf) && world.now() < deadline && world.violations().isEmpty()) {
            for (StorageNode storage : cluster.storages()) {
                storage.wish(asOf);
            }
            world.runUntil(world.now() + STEP);
        }
        if (!world.violations().isEmpty()) {
            return;
        }
        String stuck = stuck(asOf);
        if (stuck != null) {
            world.violated("Progress", stuck);
            return;
        }
        verify(asOf);
    }

    private boolean allReached(long asOf) {
        for (StorageNode storage : cluster.storages()) {
            if (storage.watermark() < asOf) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String stuck(long asOf) {
        StringBuilder text = new StringBuilder();
        for (Attempt attempt : history.attempts()) {
            if (attempt.ending() == Attempt.Ending.OPEN) {
                text.append("\n  never answered: ").append(attempt);
            }
        }
        for (StorageNode storage : cluster.storages()) {
            if (storage.watermark() < asOf) {
                text.append("\n  ").append(storage.describe()).append(" is at ").append(storage.watermark());
            }
        }
        if (history.committed() == 0) {
            text.append("\n  nothing was ever committed");
        }
        if (text.isEmpty()) {
            return null;
        }
        for (Node node : world.nodes()) {
            text.append("\n  ").append(node.describe());
        }
        return "long after the last fault, as of " + asOf + ":" + text;
    }

    private void verify(long asOf) {
        TreeMap<String, SortedMap<Item, Numbers>> replicas = new TreeMap<>();
        for (StorageNode storage : cluster.storages()) {
            TreeMap<Item, Numbers> values = new TreeMap<>();
            for (Item item : workload.items()) {
                Numbers value = storage.read(item, asOf);
                if (value != null) {
                    values.put(item, value);
                }
            }
            replicas.put(storage.name(), values);
        }
        report("ReplicaConvergence", new ReplicaConvergence().findViolation(replicas));
        report("JournalAgreement", witness.findLost());
        SortedMap<Item, Numbers> last = replicas.firstEntry().getValue();
        for (Verifier verifier : verifiers()) {
            report(verifier.name(), verifier.findViolation(history, last));
        }
    }

    /** With clocks beyond their bounds all but the real-time order is demanded. */
    private List<Verifier> verifiers() {
        List<Verifier> always = List.of(
                new SnapshotIsolation(),
                new Durability(),
                new RepeatableSnapshots(),
                new ConstantSum(),
                new OneCycle(),
                new CommitAfterSnapshot());
        if (settings.faults().clocksBeyondBound()) {
            return always;
        }
        List<Verifier> all = new ArrayList<>(always);
        all.add(new RealTimeOrder());
        return all;
    }

    private void report(String verifier, @Nullable String wrong) {
        if (wrong != null) {
            world.violated(verifier, wrong);
        }
    }

    /** A workload that ends. */
    private static final class Stopping implements Workload {
        private final Workload workload;
        private boolean stopped;

        Stopping(Workload workload) {
            this.workload = workload;
        }

        @Override
        public @Nullable Plan next(Chance chance) {
            return stopped ? null : workload.next(chance);
        }

        @Override
        public List<Item> items() {
            return workload.items();
        }
    }
}
