package dev.boreal.controlplane.disk;

import dev.boreal.clock.Chance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/**
 * A disk in memory that loses what was not synced: of a file's unsynced end any part may be there after a crash, and the byte behind it
 * wrong; names last only when they were synced. What a failed sync was to keep passes for clean afterwards, as on Linux.
 */
public final class FakeDisk implements Disk {
    private static final class Body {
        byte[] cached = new byte[0];
        byte[] durable = new byte[0];
        final BitSet dirty = new BitSet();

        void sync() {
            durable = Arrays.copyOf(durable, cached.length);
            dirty.stream().filter(at -> at < cached.length).forEach(at -> durable[at] = cached[at]);
            dirty.clear();
        }
    }

    private TreeMap<String, Body> names = new TreeMap<>();
    private TreeMap<String, Body> durableNames = new TreeMap<>();
    private boolean locked;
    private boolean failing;
    private boolean failingSyncs;
    private boolean hanging;

    /** Every write and sync from now on throws. */
    public synchronized void fail() {
        failing = true;
    }

    /** Every sync from now on throws; writes go into the cache. */
    public synchronized void failSyncs() {
        failingSyncs = true;
    }

    /** Every sync from now on waits, until {@link #release}. */
    public synchronized void hang() {
        hanging = true;
    }

    public synchronized void release() {
        hanging = false;
        notifyAll();
    }

    /** What the next process finds after the power went. */
    public synchronized FakeDisk afterPowerLoss(Chance chance) {
        FakeDisk next = new FakeDisk();
        TreeMap<String, Body> kept = chance.oneIn(2) ? durableNames : names;
        kept.forEach((name, body) -> {
            Body survivor = new Body();
            int common = Math.min(body.durable.length, body.cached.length);
            int length = common + chance.below(body.cached.length - common + 1);
            survivor.cached = Arrays.copyOf(body.cached, length);
            System.arraycopy(body.durable, 0, survivor.cached, 0, common);
            if (length > common && chance.oneIn(2)) {
                survivor.cached[common + chance.below(length - common)] ^= 0x10;
            }
            survivor.durable = survivor.cached.clone();
            next.names.put(name, survivor);
        });
        next.durableNames = new TreeMap<>(next.names);
        return next;
    }

    /** As it is, for a process that was killed: all that was written is there. */
    public synchronized FakeDisk afterKill() {
        FakeDisk next = new FakeDisk();
        next.names = names;
        next.durableNames = durableNames;
        return next;
    }

    public synchronized void flip(String name, int offset, int bit) {
        Body body = body(name);
        body.cached[offset] ^= (byte) (1 << bit);
        body.durable = body.cached.clone();
    }

    public synchronized int size(String name) {
        return body(name).cached.length;
    }

    private Body body(String name) {
        Body body = names.get(name);
        if (body == null) {
            throw new IllegalArgumentException(name);
        }
        return body;
    }

    private void check() throws IOException {
        if (failing) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public synchronized List<String> list() {
        return new ArrayList<>(names.keySet());
    }

    @Override
    public synchronized DiskFile open(String name) {
        return new FakeFile(names.computeIfAbsent(name, ignored -> new Body()));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        check();
        names.put(to, body(from));
        names.remove(from);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        check();
        names.remove(name);
    }

    @Override
    public synchronized void syncNames() throws IOException {
        check();
        durableNames = new TreeMap<>(names);
    }

    @Override
    public synchronized AutoCloseable lock(String name) throws IOException {
        if (locked) {
            throw new IOException("in use");
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
        private final Body body;

        FakeFile(Body body) {
            this.body = body;
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            synchronized (FakeDisk.this) {
                check();
                int count = source.remaining();
                if (offset + count > body.cached.length) {
                    body.cached = Arrays.copyOf(body.cached, (int) offset + count);
                }
                source.get(body.cached, (int) offset, count);
                body.dirty.set((int) offset, (int) offset + count);
            }
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
        public void truncate(long size) throws IOException {
            synchronized (FakeDisk.this) {
                check();
                body.cached = Arrays.copyOf(body.cached, (int) size);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FakeDisk.this) {
                while (hanging) {
                    try {
                        FakeDisk.this.wait();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                check();
                if (failingSyncs) {
                    body.dirty.clear();
                    throw new IOException("Input/output error");
                }
                body.sync();
            }
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
