package dev.boreal.journal.disk;

import dev.boreal.clock.Chance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory with the vices of real ones. What was not synced may be lost, sector by sector, in any combination;
 * names last only when they were synced; a failed sync drops what it should have written and says so once; the disk may
 * be full, or lie about syncing, or lose its power in the middle of a write.
 */
public final class FakeDisk implements Disk {
    private static final int SECTOR = 512;

    /** How a machine or a process can end. */
    public enum End {
        /** The process died: everything written is still in the cache, and not yet on the platter. */
        KILLED,
        /** The power went: any unsynced sector is as it was or as it should be. */
        POWER_LOST,
        /** The power went before anything unsynced reached the platter. */
        NOTHING_KEPT
    }

    private static final class Body {
        byte[] cached = new byte[0];
        byte[] durable = new byte[0];
        final BitSet dirty = new BitSet();
    }

    private final Chance chance;
    private Map<String, Body> names = new HashMap<>();
    private Map<String, Body> durableNames = new HashMap<>();
    private long operationsLeft = Long.MAX_VALUE;
    private long capacity = Long.MAX_VALUE;
    private boolean liesAboutSync;
    private @Nullable Predicate<String> failsNextSync;
    private boolean locked;
    private @Nullable Gate gate;

    public FakeDisk(Chance chance) {
        this.chance = chance;
    }

    /** After so many more writes, syncs and changes of names nothing works any more. */
    public synchronized void dieAfter(long operations) {
        operationsLeft = operations;
    }

    /** The files together grow no larger. */
    public synchronized void limitCapacity(long bytes) {
        capacity = bytes;
    }

    /** From now on syncs do nothing. */
    public synchronized void lieAboutSync() {
        liesAboutSync = true;
    }

    /** The next sync of any file fails and drops what it should have written. */
    public synchronized void failNextSync() {
        failsNextSync = name -> true;
    }

    /** The next sync of that file fails and drops what it should have written. */
    public synchronized void failNextSync(String name) {
        failsNextSync = name::equals;
    }

    /** Holds every sync of that file until the gate is closed. */
    public synchronized Gate holdSyncs(String name) {
        Gate newGate = new Gate(name);
        gate = newGate;
        return newGate;
    }

    /** Where a sync waits. */
    public static final class Gate implements AutoCloseable {
        private final String name;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        private Gate(String name) {
            this.name = name;
        }

        private void pass(String file) {
            if (file.equals(name)) {
                arrived.countDown();
                await(opened);
            }
        }

        /** Waits until a sync is held. */
        public void awaitHeld() {
            await(arrived);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            opened.countDown();
        }
    }

    public synchronized long usedBytes() {
        return names.values().stream().mapToLong(body -> body.cached.length).sum();
    }

    /** Makes one bit of a file another, in the cache and on the platter. */
    public synchronized void flip(String name, int offset, int bit) {
        Body body = body(name);
        body.cached[offset] ^= (byte) (1 << bit);
        body.durable[offset] ^= (byte) (1 << bit);
    }

    /** The disk as the next process finds it. */
    public synchronized FakeDisk after(End end) {
        FakeDisk next = new FakeDisk(chance);
        if (end == End.KILLED) {
            next.names = names;
            next.durableNames = durableNames;
            return next;
        }
        Map<String, Body> survivors = new HashMap<>();
        TreeSet<String> all = new TreeSet<>(names.keySet());
        all.addAll(durableNames.keySet());
        for (String name : all) {
            boolean keepsChange = end == End.POWER_LOST && chance.oneIn(2);
            Body body = (keepsChange ? names : durableNames).get(name);
            if (body != null) {
                survivors.put(name, survivor(body, end));
            }
        }
        next.names = survivors;
        next.durableNames = new HashMap<>(survivors);
        return next;
    }

    private Body survivor(Body body, End end) {
        Body survivor = new Body();
        int length = body.durable.length;
        if (end == End.POWER_LOST && body.cached.length > length && chance.oneIn(2)) {
            length = body.cached.length;
        }
        survivor.cached = Arrays.copyOf(body.durable, length);
        if (end == End.POWER_LOST) {
            int odds = chance.between(1, 4);
            for (int sector = body.dirty.nextSetBit(0); sector >= 0; sector = body.dirty.nextSetBit(sector + 1)) {
                int from = sector * SECTOR;
                int to = Math.min(from + SECTOR, Math.min(length, body.cached.length));
                if (from < to && chance.oneIn(odds)) {
                    System.arraycopy(body.cached, from, survivor.cached, from, to - from);
                }
            }
        }
        survivor.durable = survivor.cached.clone();
        return survivor;
    }

    private void operate() throws IOException {
        if (operationsLeft <= 0) {
            throw new IOException("the machine is dead");
        }
        operationsLeft--;
    }

    private Body body(String name) {
        Body body = names.get(name);
        if (body == null) {
            throw new IllegalArgumentException(name);
        }
        return body;
    }

    @Override
    public synchronized List<String> list() {
        return new ArrayList<>(new TreeSet<>(names.keySet()));
    }

    @Override
    public synchronized DiskFile openOrCreate(String name) throws IOException {
        if (!names.containsKey(name)) {
            operate();
            names.put(name, new Body());
        }
        return new FakeFile(name, body(name));
    }

    @Override
    public synchronized DiskFile openToRead(String name) throws IOException {
        if (!names.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return new FakeFile(name, body(name));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operate();
        names.remove(name);
    }

    @Override
    public synchronized void syncNames() throws IOException {
        operate();
        durableNames = new HashMap<>(names);
    }

    @Override
    public synchronized AutoCloseable lock(String name) throws IOException {
        if (locked) {
            throw new JournalInUseException("fake", "1");
        }
        locked = true;
        return () -> {
            synchronized (FakeDisk.this) {
                locked = false;
            }
        };
    }

    @Override
    public String describe(String name) {
        return "fake/" + name;
    }

    private final class FakeFile implements DiskFile {
        private final String name;
        private final Body body;

        FakeFile(String name, Body body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            synchronized (FakeDisk.this) {
                boolean dies = operationsLeft == 1;
                operate();
                int count = dies ? chance.below(source.remaining() + 1) : source.remaining();
                long growth = Math.max(0, offset + count - body.cached.length);
                boolean full = usedBytes() + growth > capacity;
                if (full) {
                    count = (int) Math.max(0, count - (usedBytes() + growth - capacity));
                }
                put(source, (int) offset, count);
                if (full) {
                    throw new IOException("No space left on device");
                }
                if (dies) {
                    throw new IOException("the machine died");
                }
            }
        }

        private void put(ByteBuffer source, int offset, int count) {
            if (count == 0) {
                return;
            }
            if (offset + count > body.cached.length) {
                body.cached = Arrays.copyOf(body.cached, offset + count);
            }
            source.get(body.cached, offset, count);
            body.dirty.set(offset / SECTOR, (offset + count - 1) / SECTOR + 1);
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            synchronized (FakeDisk.this) {
                int count = (int) Math.max(0, Math.min(target.remaining(), body.cached.length - offset));
                target.put(body.cached, (int) Math.min(offset, body.cached.length), count);
                return count;
            }
        }

        @Override
        public void sync() throws IOException {
            Gate held;
            synchronized (FakeDisk.this) {
                held = gate;
            }
            if (held != null) {
                held.pass(name);
            }
            synchronized (FakeDisk.this) {
                operate();
                if (failsNextSync != null && failsNextSync.test(name)) {
                    failsNextSync = null;
                    body.dirty.clear();
                    throw new IOException("Input/output error");
                }
                if (!liesAboutSync) {
                    syncBody();
                }
            }
        }

        private void syncBody() {
            body.durable = Arrays.copyOf(body.durable, body.cached.length);
            for (int sector = body.dirty.nextSetBit(0); sector >= 0; sector = body.dirty.nextSetBit(sector + 1)) {
                int from = sector * SECTOR;
                int to = Math.min(from + SECTOR, body.cached.length);
                System.arraycopy(body.cached, from, body.durable, from, to - from);
            }
            body.dirty.clear();
        }

        @Override
        public long size() {
            synchronized (FakeDisk.this) {
                return body.cached.length;
            }
        }

        @Override
        public void close() {}
    }
}
