package dev.boreal.simulation.node;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SimulatedDisk;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.apply.Applier;
import dev.boreal.storage.cache.CommittedRows;
import dev.boreal.storage.read.VersionReader;
import dev.boreal.storage.trim.GarbageMap;
import dev.boreal.storage.trim.Purges;
import dev.boreal.storage.version.VersionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A storage replica: the real {@link Applier}, row cache and {@link VersionReader} over a store in memory whose batches survive
 * a crash only once they were flushed. Reads wait for the watermark.
 */
public final class StorageNode extends Node {
    private static final long RETENTION = 300 * World.SECOND;
    private static final long REPEAT = 4 * World.MILLISECOND;
    private static final long READ_TIMEOUT = 400 * World.MILLISECOND;
    private static final long CACHE_BYTES = 64 << 10;

    private final List<String> crossbars;
    private final Watch watch;
    private final PlantedBug bug;
    private final SimulatedDisk disk;
    private final MemoryStore store;
    private final List<Waiting> waiting = new ArrayList<>();
    private CommittedRows cache = new CommittedRows(CACHE_BYTES);
    private Applier applier;
    private @Nullable Link feed;
    private int crossbar;
    private long watermark;

    private record Waiting(long asOf, long until, Runnable answer, Runnable timedOut) {}

    public StorageNode(
            World world,
            String name,
            String zone,
            SkewedClock clock,
            List<String> crossbars,
            Watch watch,
            PlantedBug bug) {
        super(world, name, zone, clock);
        this.crossbars = crossbars;
        this.watch = watch;
        this.bug = bug;
        this.disk = new SimulatedDisk(name, chance());
        this.store = new MemoryStore(disk);
        this.applier = newApplier(AppliedState.NOTHING);
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    /** Its journals are whole, so it can begin anew. */
    @Override
    public boolean canSpareItsDisk() {
        return true;
    }

    @Override
    public String damageDisk() {
        store.wipe();
        return "all of it";
    }

    private Applier newApplier(AppliedState state) {
        return new Applier(
                store,
                new VersionBatch(MemoryStore.STATE_FAMILY),
                cache,
                new GarbageMap(RETENTION, 1 << 20),
                new Purges(List.of()),
                state,
                1 << 20);
    }

    @Override
    protected void start() {
        cache = new CommittedRows(CACHE_BYTES);
        AppliedState state = store.applied();
        applier = newApplier(state);
        watermark = state.watermark();
        say("opens", state);
        subscribe();
        later(20 * World.MILLISECOND + chance().below((int) (300 * World.MILLISECOND)), this::flush);
    }

    @Override
    protected void lost() {
        store.crash(bug == PlantedBug.STORAGE_LOSES_BATCH_ATOMICITY);
        waiting.clear();
        feed = null;
        watermark = 0;
    }

    private void flush() {
        if (chance().oneIn(3)) {
            applier.keepWatermark(watermark);
        }
        store.flush();
        say("flushes", "");
        later(100 * World.MILLISECOND + chance().below((int) (400 * World.MILLISECOND)), this::flush);
    }

    public long watermark() {
        return watermark;
    }

    // Following -------------------------------------------------------------------------------------------------

    private void subscribe() {
        FeedMessage.Subscribe hello =
                new FeedMessage.Subscribe(applier.state(watermark).feedStart());
        feed = connect(crossbars.get(crossbar), hello, new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                switch (message) {
                    case FeedMessage.Entries(List<FeedEntry> entries) -> apply(entries);
                    case FeedMessage.Watermark(long timestamp) -> raise(timestamp);
                    default -> throw new IllegalStateException("a crossbar does not say " + message);
                }
            }

            @Override
            public void onBroken() {
                feed = null;
                crossbar = (crossbar + 1) % crossbars.size();
                later(REPEAT * chance().between(1, 5), StorageNode.this::subscribe);
            }
        });
        askAgain();
    }

    private void apply(List<FeedEntry> entries) {
        for (FeedEntry entry : entries) {
            watch.fed(name(), entry.journal(), entry.timestamp());
        }
        applier.apply(bug == PlantedBug.STORAGE_APPLIES_TORN_RECORD ? torn(entries) : entries, watermark);
    }

    /** Now and then only the first write of a transaction. */
    private List<FeedEntry> torn(List<FeedEntry> entries) {
        List<FeedEntry> cut = new ArrayList<>();
        for (FeedEntry entry : entries) {
            WriteSet.Cursor cursor = entry.writes().cursor();
            if (cursor.advance() && chance().oneIn(20)) {
                WriteSet first = new WriteSet.Builder(64)
                        .put(cursor.key(), cursor.value())
                        .build();
                cut.add(new FeedEntry(entry.timestamp(), entry.journal(), entry.position(), first, true));
            } else {
                cut.add(entry);
            }
        }
        return cut;
    }

    private void raise(long timestamp) {
        if (timestamp <= watermark) {
            return;
        }
        watermark = timestamp;
        watch.reached(name(), timestamp);
        List<Waiting> reached = new ArrayList<>();
        waiting.removeIf(each -> each.asOf <= timestamp && reached.add(each));
        for (Waiting each : reached) {
            each.answer.run();
        }
    }

    private void askAgain() {
        long wanted = 0;
        for (Waiting each : waiting) {
            wanted = Math.max(wanted, each.asOf);
        }
        if (wanted > watermark && feed != null) {
            feed.send(this, new FeedMessage.RequestAdvance(wanted));
        }
    }

    /** Somebody wants to read as of {@code asOf} some time. */
    public void wish(long asOf) {
        if (asOf > watermark && feed != null) {
            feed.send(this, new FeedMessage.RequestAdvance(asOf));
        }
    }

    // Reading ---------------------------------------------------------------------------------------------------

    /** Calls {@code answer} once reads as of {@code asOf} can be answered. */
    void whenReached(long asOf, Runnable answer, Runnable timedOut) {
        if (asOf <= watermark || bug == PlantedBug.STORAGE_SERVES_BELOW_WATERMARK) {
            answer.run();
            return;
        }
        Waiting entered = new Waiting(asOf, world().now() + READ_TIMEOUT, answer, timedOut);
        waiting.add(entered);
        if (feed != null) {
            feed.send(this, new FeedMessage.RequestAdvance(asOf));
        }
        later(REPEAT, () -> repeat(entered));
    }

    private void repeat(Waiting entered) {
        if (!waiting.contains(entered)) {
            return;
        }
        if (world().now() > entered.until) {
            waiting.remove(entered);
            entered.timedOut.run();
            return;
        }
        askAgain();
        later(2 * REPEAT, () -> repeat(entered));
    }

    /** What reads as of {@code asOf} see, whatever the watermark: first the cache, then the store, as the room does. */
    public @Nullable Numbers read(Item item, long asOf) {
        byte[] key = item.key();
        long hash = CommittedRows.hash(key);
        byte[] row = cache.lookUp(key, hash, asOf);
        if (row == null) {
            long stamp = cache.stamp(hash);
            VersionReader reader = new VersionReader(store.iterator());
            row = reader.get(key, asOf);
            if (row != null && reader.foundNewest()) {
                cache.fill(key, hash, reader.foundTimestamp(), row, stamp);
            }
        }
        return row == null ? null : Numbers.decode(row);
    }

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                if (message instanceof ClientMessage.Read(long number, long asOf, List<Item> items)) {
                    whenReached(
                            asOf,
                            () -> answer(link, number, asOf, items),
                            () -> link.send(
                                    StorageNode.this,
                                    new ClientMessage.ReadFailed(
                                            number, "not reached " + asOf + " in time, but " + watermark)));
                }
            }

            @Override
            public void onBroken() {
                // What was asked is answered into the void.
            }
        };
    }

    private void answer(Link link, long number, long asOf, List<Item> items) {
        TreeMap<Item, Numbers> values = new TreeMap<>();
        for (Item item : items) {
            Numbers value = read(item, asOf);
            if (value != null) {
                values.put(item, value);
            }
        }
        link.send(this, new ClientMessage.Values(number, values));
    }
}
