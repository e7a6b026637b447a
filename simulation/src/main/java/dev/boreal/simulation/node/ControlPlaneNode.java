package dev.boreal.simulation.node;

import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEffects;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.ControlPlaneSettings;
import dev.boreal.controlplane.disk.DecreeLogFile;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.PaxosRole;
import dev.boreal.controlplane.paxos.PaxosSettings;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SimulatedDisk;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member of the control plane: the real {@link ControlPlaneCore}, which is Paxos, the register and its sessions, over
 * datagrams, with the real {@link DecreeLogFile} on a simulated disk.
 */
public final class ControlPlaneNode extends Node {
    private static final long TICK = 10 * World.MILLISECOND;
    private static final PaxosSettings PAXOS = new PaxosSettings(
            20 * World.MILLISECOND, 80 * World.MILLISECOND, 160 * World.MILLISECOND, 50 * World.MILLISECOND, 64, 4096);
    private static final ControlPlaneSettings SETTINGS = new ControlPlaneSettings(PAXOS, 400 * World.MILLISECOND, 100);

    private final List<String> members;
    private final Watch watch;
    private final PlantedBug bug;
    private final SimulatedDisk disk;
    private final List<LogRecord> waiting = new ArrayList<>();
    private final TreeMap<Long, Asked> asked = new TreeMap<>();
    private long lastRecord;
    private boolean needsSync;
    private boolean writing;
    private @Nullable DecreeLogFile log;
    private @Nullable ControlPlaneCore core;

    private record Asked(Link link, long number) {}

    /** @param members all of them, itself included */
    public ControlPlaneNode(
            World world,
            String name,
            String zone,
            SkewedClock clock,
            List<String> members,
            Watch watch,
            PlantedBug bug) {
        super(world, name, zone, clock);
        this.members = members;
        this.watch = watch;
        this.bug = bug;
        this.disk = new SimulatedDisk(name, chance());
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    @Override
    protected void start() {
        List<LogRecord> found;
        try {
            disk.syncAtOnce();
            DecreeLogFile opened = DecreeLogFile.open(disk, "simulated", name());
            log = opened;
            found = opened.found();
            say("recovered", found.size() + " records, cut " + opened.cutBytes() + " bytes");
        } catch (IOException e) {
            throw disk.blamed(e);
        }
        core = new ControlPlaneCore(name(), members, members, SETTINGS, found, chance().fork(), world().now());
        perform();
        tick();
    }

    @Override
    protected void lost() {
        waiting.clear();
        log = null;
        lastRecord = 0;
        needsSync = false;
        asked.clear();
        writing = false;
        core = null;
    }

    @Override
    public boolean canSpareItsDisk() {
        for (Node node : world().nodes()) {
            if (node instanceof ControlPlaneNode member && (!member.isUp() || member.disk.isDamaged())) {
                return false;
            }
        }
        return true;
    }

    public boolean isLeading() {
        ControlPlaneCore running = core;
        return running != null && running.paxos().role() == PaxosRole.LEADER;
    }

    private ControlPlaneCore core() {
        ControlPlaneCore running = core;
        if (running == null) {
            throw new IllegalStateException(name() + " is down");
        }
        return running;
    }

    private void tick() {
        core().tick(world().now());
        perform();
        later(TICK, this::tick);
    }

    @Override
    protected void datagram(String from, Object message) {
        core().receive(from, ((Saying) message).message, world().now());
        perform();
    }

    private void perform() {
        for (ControlPlaneEffects effects = core().takeEffects(); !effects.isEmpty(); effects = core().takeEffects()) {
            for (PaxosEffects.Outgoing send : effects.sends()) {
                sendDatagram(send.to(), new Saying(send.message()));
            }
            for (ControlPlaneEvent event : effects.events()) {
                hear(event);
            }
            if (!effects.records().isEmpty()) {
                waiting.addAll(effects.records());
                lastRecord = effects.lastRecord();
                needsSync |= effects.needsSync();
                write();
            }
        }
    }

    private void hear(ControlPlaneEvent event) {
        switch (event) {
            case ControlPlaneEvent.Applied(long slot, var decree) -> watch.decided(slot, decree.toString());
            case ControlPlaneEvent.Answered(long request, ControlPlaneAnswer answer) -> {
                Asked who = asked.remove(request);
                if (who != null) {
                    who.link.send(this, new RegisterMessage.Answer(who.number, answer));
                }
            }
            case ControlPlaneEvent.Changed changed -> say("changed", changed.change());
            case ControlPlaneEvent.Skipped ignored -> {}
        }
    }

    /** What waits is written with one sync, if anybody waits for one. */
    private void write() {
        DecreeLogFile open = log;
        if (writing || open == null) {
            return;
        }
        writing = true;
        long number = lastRecord;
        List<LogRecord> records = List.copyOf(waiting);
        waiting.clear();
        boolean synced = needsSync;
        needsSync = false;
        try {
            if (holdsCheckpoint(records)) {
                disk.syncAtOnce();
            } else {
                disk.deferSyncs();
            }
            open.append(records);
            if (bug == PlantedBug.PAXOS_ANSWERS_BEFORE_SYNC) {
                writing = false;
                core().persisted(number, world().now());
                return;
            }
            if (!synced) {
                writing = false;
                return;
            }
            open.sync();
        } catch (IOException e) {
            throw disk.blamed(e);
        }
        later(World.MICROSECOND * chance().between(100, 500), () -> {
            writing = false;
            disk.completeSyncs();
            core().persisted(number, world().now());
            if (!waiting.isEmpty()) {
                write();
            }
            perform();
        });
    }

    /** Then a new file takes the place of the old one, which is many syncs. */
    private static boolean holdsCheckpoint(List<LogRecord> records) {
        for (LogRecord each : records) {
            if (each instanceof LogRecord.Checkpoint) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                if (message instanceof RegisterMessage.Request(long number, ControlPlaneRequest request)) {
                    long id = core().request(request, world().now());
                    asked.put(id, new Asked(link, number));
                    perform();
                }
            }

            @Override
            public void onBroken() {
                // Answers go into the void.
            }
        };
    }

    /** A message with a text that is the same in every run. */
    private record Saying(PaxosMessage message) {
        @Override
        public String toString() {
            return message instanceof PaxosMessage.SnapshotPart part
                    ? "SnapshotPart of " + part.slot() + " at " + part.offset()
                    : message.toString();
        }
    }
}
