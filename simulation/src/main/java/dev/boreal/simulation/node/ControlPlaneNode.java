package dev.boreal.simulation.node;

import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEffects;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.ControlPlaneSettings;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.PaxosRole;
import dev.boreal.controlplane.paxos.PaxosSettings;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member of the control plane: the real {@link ControlPlaneCore}, which is Paxos, the register and its sessions, over
 * datagrams and a log of records of which a crash leaves a prefix that holds all that was synced.
 */
public final class ControlPlaneNode extends Node {
    private static final long TICK = 10 * World.MILLISECOND;
    private static final PaxosSettings PAXOS = new PaxosSettings(
            20 * World.MILLISECOND, 80 * World.MILLISECOND, 160 * World.MILLISECOND, 50 * World.MILLISECOND, 64, 4096);
    private static final ControlPlaneSettings SETTINGS = new ControlPlaneSettings(PAXOS, 400 * World.MILLISECOND, 100);

    private final List<String> members;
    private final Watch watch;
    private final PlantedBug bug;
    private final List<LogRecord> written = new ArrayList<>();
    private final TreeMap<Long, Asked> asked = new TreeMap<>();
    private int durable;
    private long lastRecord;
    private boolean syncing;
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
    }

    @Override
    protected void start() {
        core = new ControlPlaneCore(
                name(), members, members, SETTINGS, List.copyOf(written), chance().fork(), world().now());
        perform();
        tick();
    }

    @Override
    protected void lost() {
        int kept = durable + chance().below(written.size() - durable + 1);
        written.subList(kept, written.size()).clear();
        durable = kept;
        lastRecord = 0;
        asked.clear();
        syncing = false;
        core = null;
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
                written.addAll(effects.records());
                lastRecord = effects.lastRecord();
                sync();
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

    private void sync() {
        if (bug == PlantedBug.PAXOS_ANSWERS_BEFORE_SYNC) {
            core().persisted(lastRecord, world().now());
            return;
        }
        if (syncing) {
            return;
        }
        syncing = true;
        int through = written.size();
        long number = lastRecord;
        later(World.MICROSECOND * chance().between(100, 500), () -> {
            syncing = false;
            durable = through;
            core().persisted(number, world().now());
            if (durable < written.size()) {
                sync();
            }
            perform();
        });
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
