package dev.boreal.simulation.node;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.LogCursor;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SimulatedDisk;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal of one replica: the real {@link JournalOrder} and the real {@link SegmentLog}, with its recovery, on a simulated
 * disk. What {@code journal.service} does with a lock and a thread is done here by events: admitted entries gather while a sync
 * is on its way, and are written together when it is over.
 */
public final class JournalNode extends Node {
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int BUFFER_BYTES = 16 << 10;

    private final PlantedBug bug;
    private final SimulatedDisk disk;
    private final EntryStreams streams;
    private @Nullable SegmentLog log;
    private JournalOrder order = new JournalOrder(dev.boreal.journal.order.LogState.beginning());
    private AppendQueue filling = new AppendQueue();
    /** What no process knows: how much of it is on the disk, whatever happens. */
    private long durablePosition;

    private boolean writing;
    private @Nullable String unavailable;
    private @Nullable WriterEnd writer;

    public JournalNode(
            World world, String name, String zone, SkewedClock clock, int journal, Watch watch, PlantedBug bug) {
        super(world, name, zone, clock);
        this.bug = bug;
        this.disk = new SimulatedDisk(name, chance());
        this.streams = new EntryStreams(this, journal, watch, this::requestAdvance);
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    @Override
    protected void start() {
        disk.syncAtOnce();
        try {
            SegmentLog opened = SegmentLog.open(disk, SEGMENT_BYTES, BUFFER_BYTES, Runnable::run);
            log = opened;
            order = new JournalOrder(opened.state());
            try (LogCursor cursor = opened.cursor(0)) {
                long last = order.lastPosition();
                List<PositionedEntry> durable = streams.entries();
                while (durable.size() < last) {
                    if (cursor.read(last, Integer.MAX_VALUE, Long.MAX_VALUE, durable) < 1) {
                        throw new IOException("position " + (durable.size() + 1) + " cannot be read");
                    }
                }
            }
            if (order.lastPosition() < durablePosition) {
                world().violated(
                                "Durability",
                                name() + " had synced position " + durablePosition + " and recovers "
                                        + order.lastPosition());
            }
            say(
                    "recovered",
                    "position " + order.lastPosition() + " epoch " + order.epoch() + ", cut " + opened.tornTail());
        } catch (IOException e) {
            throw disk.blamed(e);
        }
    }

    @Override
    protected void lost() {
        streams.clear();
        log = null;
        filling = new AppendQueue();
        writing = false;
        unavailable = null;
        writer = null;
    }

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return switch (hello) {
            case JournalMessage.Writing ignored -> new WriterEnd(link);
            case JournalMessage.Subscribe(long after) -> streams.subscribe(link, after, order.watermark());
            default -> null;
        };
    }

    // Writing ---------------------------------------------------------------------------------------------------

    private final class WriterEnd implements LinkEnd {
        private final Link link;

        WriterEnd(Link link) {
            this.link = link;
        }

        void tell(JournalMessage message) {
            link.send(JournalNode.this, message);
        }

        @Override
        public void onMessage(Object message) {
            switch (message) {
                case JournalMessage.LookForEnd ignored ->
                    tell(new JournalMessage.End(order.durablePosition(), order.epoch()));
                case JournalMessage.Open(String owner, long expected) -> open(owner, expected, this);
                case JournalMessage.Append(long number, long epoch, JournalEntry entry) ->
                    append(number, epoch, entry, this);
                case JournalMessage.Heartbeat(long epoch, long timestamp) -> heartbeat(epoch, timestamp);
                default -> throw new IllegalStateException("a writer does not say " + message);
            }
        }

        @Override
        public void onBroken() {
            if (writer == this) {
                writer = null;
            }
        }
    }

    private void open(String owner, long expected, WriterEnd from) {
        if (unavailable != null) {
            from.tell(new JournalMessage.Opened(new OpenOutcome.Unavailable(unavailable)));
            return;
        }
        if (order.epoch() != expected) {
            from.tell(new JournalMessage.Opened(new OpenOutcome.EpochMoved(order.epoch(), order.owner())));
            return;
        }
        long epoch = order.openEpoch(owner);
        OpenOutcome outcome = new OpenOutcome.Opened(epoch, order.lastPosition(), order.lastTimestamp());
        writer = null;
        long floor = order.lastTimestamp();
        filling.add(
                RecordKind.EPOCH,
                0,
                order.lastPosition(),
                epoch,
                floor,
                new JournalEntry(floor, owner.getBytes(StandardCharsets.UTF_8)),
                new AppendListener() {
                    @Override
                    public void onDurable(long position) {
                        if (order.isOpen(epoch)) {
                            writer = from;
                        }
                        from.tell(new JournalMessage.Opened(outcome));
                    }

                    @Override
                    public void onRefused(AppendRefusal refusal) {
                        from.tell(new JournalMessage.Opened(new OpenOutcome.Unavailable(refusal.toString())));
                    }
                });
        write();
    }

    private void append(long number, long sentEpoch, JournalEntry entry, WriterEnd from) {
        long epoch = bug == PlantedBug.JOURNAL_ADMITS_STALE_EPOCH ? order.epoch() : sentEpoch;
        AppendRefusal refusal = unavailable != null
                ? new AppendRefusal.Unavailable(unavailable, false)
                : order.refusal(epoch, entry.timestamp(), JournalOrder.ANY_POSITION);
        if (refusal != null) {
            from.tell(new JournalMessage.Refused(number, refusal));
            return;
        }
        long floor = order.lastTimestamp();
        long admitted = order.admit(entry.timestamp());
        filling.add(RecordKind.ENTRY, 0, admitted, epoch, floor, entry, new AppendListener() {
            @Override
            public void onDurable(long position) {
                from.tell(new JournalMessage.Durable(number, position));
            }

            @Override
            public void onRefused(AppendRefusal late) {
                from.tell(new JournalMessage.Refused(number, late));
            }
        });
        write();
    }

    private void heartbeat(long epoch, long timestamp) {
        if (unavailable != null || !order.promise(epoch, timestamp)) {
            return;
        }
        if (order.isAllDelivered() || bug == PlantedBug.HEARTBEAT_PASSES_UNDELIVERED) {
            streams.publish(timestamp);
        }
    }

    private void requestAdvance(long timestamp) {
        if (order.lastTimestamp() < timestamp && writer != null) {
            writer.tell(new JournalMessage.RequestAdvance(timestamp));
        }
    }

    // The disk --------------------------------------------------------------------------------------------------

    private void write() {
        if (!writing && filling.size() > 0) {
            AppendQueue taken = filling;
            filling = new AppendQueue();
            writing = true;
            write(taken, 0);
        }
    }

    private void write(AppendQueue queue, int from) {
        if (from == queue.size()) {
            writing = false;
            write();
            return;
        }
        SegmentLog open = log;
        if (open == null) {
            throw new IllegalStateException("a journal that is down writes");
        }
        int to = from;
        try {
            disk.syncAtOnce();
            to = open.fit(queue, from);
            disk.deferSyncs();
            open.write(queue, from, to);
        } catch (IOException e) {
            fail(queue, from, to, e);
            return;
        }
        int end = to;
        boolean early = bug == PlantedBug.JOURNAL_ACKNOWLEDGES_BEFORE_SYNC;
        if (early) {
            announce(queue, from, end);
        }
        later(early ? 20 * World.MILLISECOND : syncNanos(), () -> {
            disk.completeSyncs();
            durablePosition = queue.position(end - 1);
            if (!early) {
                announce(queue, from, end);
            }
            write(queue, end);
        });
    }

    private long syncNanos() {
        long usual = World.MICROSECOND * chance().between(120, 400);
        return chance().oneIn(100) ? usual * chance().between(5, 60) : usual;
    }

    private void announce(AppendQueue queue, int from, int to) {
        long last = queue.position(to - 1);
        order.durable(last);
        for (int i = from; i < to; i++) {
            queue.listener(i).onDurable(queue.position(i));
            if (queue.kind(i) == RecordKind.ENTRY) {
                streams.add(new PositionedEntry(queue.position(i), queue.epoch(i), queue.entry(i)));
            }
        }
        streams.deliver();
        long floor = to < queue.size() ? queue.floor(to) : filling.size() > 0 ? filling.floor(0) : -1;
        order.delivered(last, floor);
        streams.publish(order.watermark());
    }

    private void fail(AppendQueue queue, int from, int to, IOException cause) {
        String message = "the disk failed: " + cause.getMessage();
        say("disk", message);
        unavailable = message;
        writer = null;
        writing = false;
        for (int i = from; i < queue.size(); i++) {
            queue.listener(i).onRefused(new AppendRefusal.Unavailable(message, i < to));
        }
        AppendQueue waiting = filling;
        filling = new AppendQueue();
        for (int i = 0; i < waiting.size(); i++) {
            waiting.listener(i).onRefused(new AppendRefusal.Unavailable(message, false));
        }
    }

    /** Whether its disk has failed and it waits for a restart. */
    public boolean isUnavailable() {
        return unavailable != null;
    }
}
