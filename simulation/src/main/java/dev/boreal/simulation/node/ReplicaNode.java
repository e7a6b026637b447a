package dev.boreal.simulation.node;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Result;
import dev.boreal.journal.disk.LogNotes;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.CopyRequest;
import dev.boreal.journal.replica.Message;
import dev.boreal.journal.replica.PlanRule;
import dev.boreal.journal.replica.ReplicaConfiguration;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.journal.replica.ReplicaEffects;
import dev.boreal.journal.replica.Standing;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SimulatedDisk;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a journal: the real {@link ReplicaCore}, over datagrams and {@link ReplicaFiles}. A quorum's plan is fixed; a chain's
 * stands in the register, where the replica keeps a session and proposes what {@link PlanRule} says.
 */
public final class ReplicaNode extends Node {
    private static final long TICK = 5 * World.MILLISECOND;
    private static final long LEASE = 150 * World.MILLISECOND;
    private static final ReplicaConfiguration CONFIGURATION = new ReplicaConfiguration(
            10 * World.MILLISECOND,
            40 * World.MILLISECOND,
            160 * World.MILLISECOND,
            100 * World.MILLISECOND,
            1000,
            1 << 20,
            1 << 20,
            2_000,
            20_000);

    private final JournalPlan first;
    private final List<String> controlPlane;
    private final PlantedBug bug;
    private final EntryStreams streams;
    private final SimulatedDisk disk;
    private @Nullable ReplicaFiles files;
    private @Nullable ReplicaCore core;
    private @Nullable FaultyHearing faulty;
    /** What no process knows: how much of it is on the disk, whatever happens. */
    private long durableIndex;

    private long durableTerm;
    private long told;
    private long toldPosition;
    private long watermark;

    /**
     * @param first the plan before there is another one
     * @param controlPlane its members; empty for a quorum
     */
    public ReplicaNode(
            World world,
            String name,
            String zone,
            SkewedClock clock,
            int journal,
            JournalPlan first,
            List<String> controlPlane,
            Watch watch,
            PlantedBug bug) {
        super(world, name, zone, clock);
        this.first = first;
        this.controlPlane = controlPlane;
        this.bug = bug;
        this.streams = new EntryStreams(this, journal, watch, this::requestAdvance);
        this.disk = new SimulatedDisk(name, chance());
    }

    @Override
    protected void start() {
        ReplicaFiles opened = new ReplicaFiles(disk, this::diskStarts, bug);
        files = opened;
        LogState end = opened.log().state();
        requireDurable(end, opened.standing());
        LogNotes notes = opened.log().notes();
        ReplicaCore started = new ReplicaCore(
                name(), CONFIGURATION, opened.standing(), end, notes.terms(), notes.recentAppends(), new Performing());
        core = started;
        // At half of the replicas readers want to hear news at once.
        started.awaited(name().hashCode() % 2 == 0);
        faulty = bug == PlantedBug.NONE ? null : new FaultyHearing(bug, name(), started, opened);
        say(
                "recovered",
                "index " + end.lastIndex() + " term " + end.lastTerm() + " " + opened.standing() + ", cut "
                        + opened.log().tornTail());
        if (first.mode() == ReplicationMode.QUORUM) {
            core().plan(first, world().now());
        } else {
            new Keeping().begin();
        }
        settle();
        tick();
    }

    /** Nothing may be missing of what the core was told to be on the disk. */
    private void requireDurable(LogState found, Standing standing) {
        if (found.lastIndex() < durableIndex || standing.term() < durableTerm) {
            world().violated(
                            "Durability",
                            name() + " had synced index " + durableIndex + " and its standing in term " + durableTerm
                                    + ", and recovers index " + found.lastIndex() + " and " + standing);
        }
    }

    @Override
    protected void lost() {
        streams.clear();
        core = null;
        faulty = null;
        files = null;
        told = 0;
        toldPosition = 0;
        watermark = 0;
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    /**
     * In a quorum, when all are up and none has lost its disk. A chain that just cuts another replica out can spare none, and no
     * replica knows that for certain.
     */
    @Override
    public boolean canSpareItsDisk() {
        if (first.mode() != ReplicationMode.QUORUM) {
            return false;
        }
        for (Node node : world().nodes()) {
            if (node instanceof ReplicaNode replica
                    && replica.first.journal().equals(first.journal())
                    && (!replica.isUp() || replica.disk.isDamaged())) {
                return false;
            }
        }
        return true;
    }

    public boolean isLeading() {
        ReplicaCore running = core;
        return running != null && running.leads();
    }

    @Override
    public String describe() {
        ReplicaCore running = core;
        return super.describe()
                + (running == null
                        ? ""
                        : ", term " + running.term() + (running.leads() ? ", leads" : ", follows " + running.leader())
                                + ", committed " + running.committedIndex() + " of " + running.lastIndex() + ", "
                                + running.plan());
    }

    private ReplicaCore core() {
        ReplicaCore running = core;
        if (running == null) {
            throw new IllegalStateException(name() + " is down");
        }
        return running;
    }

    private ReplicaFiles files() {
        ReplicaFiles opened = files;
        if (opened == null) {
            throw new IllegalStateException(name() + " is down");
        }
        return opened;
    }

    /** A step is over: the disk begins before anybody is told. */
    private void settle() {
        FaultyHearing hearing = faulty;
        if (hearing != null) {
            hearing.beforeFlush(world().now());
            if (hearing.heartbeat() > watermark) {
                raiseWatermark(hearing.heartbeat());
            }
        }
        files().go();
        core().flush();
        files().go();
    }

    private void tick() {
        core().tick(world().now());
        settle();
        later(TICK, this::tick);
    }

    @Override
    protected void datagram(String from, Object message) {
        FaultyHearing hearing = faulty;
        if (hearing == null) {
            core().receive(from, (Message) message, world().now());
        } else {
            hearing.receive(from, (Message) message, world().now());
        }
        settle();
    }

    private void raiseWatermark(long timestamp) {
        watermark = timestamp;
        streams.publish(timestamp);
    }

    private void requestAdvance(long timestamp) {
        core().requestAdvance(timestamp);
        settle();
    }

    private void diskStarts() {
        long usual = World.MICROSECOND * chance().between(120, 400);
        later(chance().oneIn(100) ? usual * chance().between(5, 60) : usual, () -> {
            files().done(core(), world().now());
            durableIndex = files().durableIndex();
            durableTerm = files().standing().term();
            settle();
        });
    }

    // Doors -----------------------------------------------------------------------------------------------------

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return switch (hello) {
            case JournalMessage.Writing ignored -> new WriterEnd(link);
            case JournalMessage.Subscribe(long after) -> streams.subscribe(link, after, watermark);
            default -> null;
        };
    }

    private final class WriterEnd implements LinkEnd {
        private final Link link;

        WriterEnd(Link link) {
            this.link = link;
        }

        private void tell(JournalMessage message) {
            link.send(ReplicaNode.this, message);
        }

        @Override
        public void onMessage(Object message) {
            switch (message) {
                case JournalMessage.LookForEnd ignored ->
                    tell(new JournalMessage.End(streams.position(), core().epoch()));
                case JournalMessage.Open(String owner, long expected) -> {
                    Journal.Writer writer = timestamp -> tell(new JournalMessage.RequestAdvance(timestamp));
                    core().open(
                                    owner,
                                    expected,
                                    writer,
                                    outcome -> tell(new JournalMessage.Opened(outcome)),
                                    world().now());
                }
                case JournalMessage.Append(long number, long epoch, JournalEntry entry) ->
                    core().append(epoch, JournalOrder.ANY_POSITION, entry, new Journal.AppendListener() {
                        @Override
                        public void onDurable(long position) {
                            tell(new JournalMessage.Durable(number, position));
                        }

                        @Override
                        public void onRefused(AppendRefusal refusal) {
                            tell(new JournalMessage.Refused(number, refusal));
                        }
                    });
                case JournalMessage.Heartbeat(long epoch, long timestamp) -> core().heartbeat(epoch, timestamp);
                default -> throw new IllegalStateException("a writer does not say " + message);
            }
            settle();
        }

        @Override
        public void onBroken() {
            // Its successor opens the next epoch.
        }
    }

    /** What the core wants done. */
    private final class Performing implements ReplicaEffects {
        @Override
        public void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
            files().write(term, kind, position, epoch, entry);
        }

        @Override
        public void cutAfter(long index) {
            if (index < told) {
                throw new IllegalStateException("what was committed up to " + told + " is cut behind " + index);
            }
            files().cutAfter(index);
            durableIndex = Math.min(durableIndex, index);
        }

        @Override
        public void beginAnew(LogState base) {
            throw new IllegalStateException("nothing is trimmed, but the log begins anew behind " + base.lastIndex());
        }

        @Override
        public void stand(Standing standing) {
            files().stand(standing);
        }

        @Override
        public void send(String peer, Message message) {
            sendDatagram(peer, message);
        }

        @Override
        public void copy(CopyRequest request) {
            files().copy(request);
        }

        @Override
        public void committed(long index, long position) {
            files().between(toldPosition, position).forEach(streams::add);
            told = index;
            toldPosition = position;
        }

        @Override
        public void answered(long index) {
            streams.deliver();
        }

        @Override
        public void watermark(long timestamp) {
            if (faulty == null || timestamp > watermark) {
                raiseWatermark(timestamp);
            }
        }

        @Override
        public void durable(Journal.AppendListener listener, long position) {
            listener.onDurable(position);
        }

        @Override
        public void refused(Journal.AppendListener listener, AppendRefusal refusal) {
            listener.onRefused(refusal);
        }

        @Override
        public void opened(OpenListener listener, OpenOutcome outcome) {
            listener.answered(outcome);
        }

        @Override
        public void advanceRequested(Journal.Writer writer, long timestamp) {
            writer.advanceRequested(timestamp);
        }

        @Override
        public void trim(long position) {
            // Nothing is trimmed in a simulation's short life.
        }
    }

    // The plan --------------------------------------------------------------------------------------------------

    /** Keeps a session in the register, reads the plan from it, and proposes the next one. */
    private final class Keeping implements LinkEnd {
        private static final long READ_EVERY = 20 * World.MILLISECOND;

        private final TreeMap<Long, ControlPlaneRequest> requests = new TreeMap<>();
        private @Nullable Link link;
        private int member = chance().below(controlPlane.size());
        private long numbers;
        private long session;
        private boolean listed;
        private boolean proposed;

        void begin() {
            if (link == null) {
                requests.clear();
                proposed = false;
                link = connect(controlPlane.get(member), new RegisterMessage.Hello(name()), this);
            }
            if (requests.size() < 4) {
                if (session == 0) {
                    ask(new ControlPlaneRequest.Perform(new Action.BeginSession(name(), LEASE)));
                } else {
                    ask(new ControlPlaneRequest.KeepAlive(session));
                }
                ask(new ControlPlaneRequest.ListEntries(""));
            }
            later(READ_EVERY, this::begin);
        }

        private void ask(ControlPlaneRequest request) {
            if (link != null) {
                requests.put(++numbers, request);
                link.send(ReplicaNode.this, new RegisterMessage.Request(numbers, request));
            }
        }

        @Override
        public void onBroken() {
            link = null;
            member = (member + 1) % controlPlane.size();
        }

        @Override
        public void onMessage(Object message) {
            if (message instanceof RegisterMessage.Answer(long number, ControlPlaneAnswer answer)) {
                ControlPlaneRequest request = requests.remove(number);
                if (request instanceof ControlPlaneRequest.Perform(Action.CompareAndSet update)
                        && update.key().equals(JournalPlan.key(first.journal()))) {
                    proposed = false;
                }
                take(answer);
                settle();
            }
        }

        private void take(ControlPlaneAnswer answer) {
            switch (answer) {
                case ControlPlaneAnswer.Performed(Result.SessionBegun(long begun)) -> {
                    session = begun;
                    listed = false;
                }
                case ControlPlaneAnswer.Alive(boolean alive) -> {
                    if (!alive) {
                        session = 0;
                    }
                }
                case ControlPlaneAnswer.Entries(List<RegisterEntry> entries) -> read(entries);
                case ControlPlaneAnswer.Unavailable ignored -> {
                    if (link != null) {
                        link.close(ReplicaNode.this);
                    }
                    onBroken();
                }
                default -> {}
            }
        }

        private void read(List<RegisterEntry> entries) {
            List<String> live = new ArrayList<>();
            RegisterEntry planned = null;
            long noted = 0;
            listed = false;
            for (RegisterEntry entry : entries) {
                if (entry.key().equals(JournalPlan.key(first.journal()))) {
                    planned = entry;
                } else if (entry.key().equals("notes/" + name())) {
                    noted = entry.version();
                } else if (entry.key().startsWith(prefix())) {
                    String name = entry.key().substring(prefix().length());
                    live.add(name);
                    listed |= name.equals(name()) && entry.session() == session;
                }
            }
            if (session != 0 && !listed) {
                set(prefix() + name(), 0, new byte[0], session);
            }
            set("notes/" + name(), noted, Long.toString(told).getBytes(StandardCharsets.US_ASCII), 0);
            if (planned == null) {
                if (first.head().equals(name())) {
                    set(JournalPlan.key(first.journal()), 0, first.encode(), 0);
                }
                return;
            }
            JournalPlan plan = JournalPlan.decode(planned.value());
            core().plan(plan, world().now());
            JournalPlan next = PlanRule.propose(plan, core().sight(world().now()), live);
            if (next != null && !proposed) {
                proposed = true;
                say("proposes", next);
                set(JournalPlan.key(first.journal()), planned.version(), next.encode(), 0);
            }
        }

        private String prefix() {
            return "replicas/" + first.journal() + "/";
        }

        private void set(String key, long version, byte[] value, long boundTo) {
            ask(new ControlPlaneRequest.Perform(new Action.CompareAndSet(key, version, value, boundTo)));
        }
    }
}
