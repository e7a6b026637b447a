package dev.boreal.storage.client;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The door {@code Storage} over several replicas: asks the nearest that has not failed lately, and the next one when it
 * refuses, breaks, or, for what should be short, is silent. Any thread; each read runs on the thread that asks for it.
 *
 * <p>Every replica answers the same for one snapshot, so nobody can tell which one did. A read that may take long, a scan
 * or a count, has no time limit of its own: it goes elsewhere when its connection breaks.
 */
public final class NearestStorage implements Storage {
    private static final int MOST_DOUBLINGS = 16;
    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final NearestStorageConfiguration configuration;
    private final TimeLimit limit;
    private final LongSupplier nanos;
    private final List<byte[]> watched = new ArrayList<>(); // guarded by this
    private volatile Replica[] replicas = {};

    /**
     * @param nearestFirst the replicas by name, in the order of preference
     * @param limit {@link dev.boreal.storage.service.InterruptingLimit}, but for tests
     */
    public NearestStorage(
            SequencedMap<String, ? extends Storage> nearestFirst,
            NearestStorageConfiguration configuration,
            TimeLimit limit) {
        this(nearestFirst, configuration, limit, System::nanoTime);
    }

    /** @param nanos a clock that only measures how long something took */
    public NearestStorage(
            SequencedMap<String, ? extends Storage> nearestFirst,
            NearestStorageConfiguration configuration,
            TimeLimit limit,
            LongSupplier nanos) {
        this.configuration = configuration;
        this.limit = limit;
        this.nanos = nanos;
        replicas(nearestFirst);
    }

    /** Replaces the replicas. What is known of those that stay is kept. */
    public synchronized void replicas(SequencedMap<String, ? extends Storage> nearestFirst) {
        List<Replica> fresh = new ArrayList<>();
        nearestFirst.forEach((name, door) -> fresh.add(known(name, door)));
        if (fresh.size() > Long.SIZE) {
            throw new IllegalArgumentException("more than " + Long.SIZE + " replicas: " + fresh.size());
        }
        replicas = fresh.toArray(Replica[]::new);
    }

    private Replica known(String name, Storage door) {
        for (Replica replica : replicas) {
            if (replica.name().equals(name) && replica.door().equals(door)) {
                return replica;
            }
        }
        watched.forEach(door::watch);
        return new Replica(name, door, configuration);
    }

    /** At all replicas, also those to come. */
    @Override
    public synchronized void watch(byte[] key) {
        byte[] mine = key.clone();
        watched.add(mine);
        for (Replica replica : replicas) {
            replica.door().watch(mine);
        }
    }

    /** How each replica has answered, nearest first. */
    public List<ReplicaStatus> status() {
        long now = nanos.getAsLong();
        List<ReplicaStatus> status = new ArrayList<>();
        for (Replica replica : replicas) {
            status.add(replica.status(now));
        }
        return status;
    }

    @Override
    public boolean tryReach(long asOf) {
        Replica[] all = replicas;
        int nearest = next(all, 0);
        return nearest >= 0 && all[nearest].door().tryReach(asOf);
    }

    @Override
    public boolean answersInProcess() {
        Replica[] all = replicas;
        for (Replica replica : all) {
            if (!replica.door().answersInProcess()) {
                return false;
            }
        }
        return all.length > 0;
    }

    @Override
    public void awaitReach(long asOf) {
        if (!tryReach(asOf)) {
            read(configuration.hedge().toNanos(), storage -> {
                storage.awaitReach(asOf);
                return true;
            });
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        return read(configuration.hedge().toNanos(), storage -> new Row(storage.get(key, asOf))).value;
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        return read(configuration.hedge().toNanos(), storage -> new Rows(storage.getAll(keys, asOf))).values;
    }

    @Override
    public long count(ScanRequest request) {
        return read(NO_LIMIT, storage -> storage.count(request));
    }

    @Override
    public Scan scan(ScanRequest request) {
        return new ContinuedScan(this, request);
    }

    /** Of the nearest replica alone: what all of them hold is for {@code storage.replica} to say. */
    @Override
    public FeedStart persistedPositions() {
        return read(configuration.hedge().toNanos(), Storage::persistedPositions);
    }

    /** Null is an answer of {@code get}. */
    private record Row(byte @Nullable [] value) {}

    private record Rows(byte[] @Nullable [] values) {}

    /** As {@link #read(Tries, long, Function)}, from the beginning. */
    private <T> T read(long firstLimit, Function<Storage, T> call) {
        return read(new Tries(), firstLimit, call);
    }

    /** What was tried for one read, so that a scan that breaks again goes on where it stood. */
    final class Tries {
        private long began = nanos.getAsLong();
        private long tried;
        private int rounds;
        private boolean quick = true;
        private @Nullable ReadRefused last;
        private @Nullable Replica used;

        /** Rows came: what breaks from now on is tried everywhere anew. */
        void progressed() {
            began = nanos.getAsLong();
            tried = 0;
            rounds = 0;
            quick = true;
        }

        /** The replica that answered last broke later on. */
        void broke(ReadRefused refused) {
            Replica replica = used;
            if (replica != null) {
                replica.failed(nanos.getAsLong(), String.valueOf(refused.getMessage()));
                last = refused;
            }
        }
    }

    /** Opens a scan where it is answered. */
    Scan open(Tries tries, ScanRequest request) {
        return read(tries, NO_LIMIT, storage -> storage.scan(request));
    }

    Tries tries() {
        return new Tries();
    }

    private <T> T read(Tries tries, long firstLimit, Function<Storage, T> call) {
        while (true) {
            Replica[] all = replicas;
            int index = next(all, tries.tried);
            if (index < 0) {
                nextRound(tries);
                continue;
            }
            Replica replica = all[index];
            tries.tried |= 1L << index;
            long left = left(tries);
            long mine = all.length == 1 || firstLimit == NO_LIMIT
                    ? firstLimit == NO_LIMIT ? NO_LIMIT : left
                    : Math.min(left, firstLimit << Math.min(tries.rounds, MOST_DOUBLINGS));
            try {
                T answer = mine == NO_LIMIT
                        ? call.apply(replica.door())
                        : limit.call(mine, () -> call.apply(replica.door()));
                replica.answered();
                tries.used = replica;
                return answer;
            } catch (ReadRefused e) {
                if (e.reason() == Reason.SNAPSHOT_TOO_OLD || e.reason() == Reason.INTERRUPTED) {
                    throw e;
                }
                replica.failed(nanos.getAsLong(), String.valueOf(e.getMessage()));
                tries.last = e;
                tries.quick &= e.reason() == Reason.UNAVAILABLE;
            }
        }
    }

    /** All were tried: again, from the nearest, while there is time; after a pause if all refused at once. */
    private void nextRound(Tries tries) {
        long left = left(tries);
        if (tries.quick) {
            limit.pause(Math.min(
                    left, Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(tries.rounds, MOST_DOUBLINGS))));
        }
        tries.rounds++;
        tries.tried = 0;
        tries.quick = true;
    }

    private long left(Tries tries) {
        long left = configuration.timeout().toNanos() - (nanos.getAsLong() - tries.began);
        if (left <= 0) {
            ReadRefused last = tries.last;
            throw last != null
                    ? last
                    : new ReadRefused(Reason.UNAVAILABLE, "no storage replica is known, or none answered in time");
        }
        return left;
    }

    /** The nearest replica not yet tried that has not failed lately, else the nearest not yet tried, else -1. */
    private int next(Replica[] all, long tried) {
        long now = nanos.getAsLong();
        int avoided = -1;
        for (int i = 0; i < all.length; i++) {
            if ((tried & (1L << i)) == 0) {
                if (!all[i].isAvoided(now)) {
                    return i;
                }
                avoided = avoided < 0 ? i : avoided;
            }
        }
        return avoided;
    }
}
