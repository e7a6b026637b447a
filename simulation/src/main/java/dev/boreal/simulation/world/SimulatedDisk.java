package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import dev.boreal.journal.disk.Disk;
import dev.boreal.journal.disk.DiskFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A disk that keeps what was synced. At a crash each sector that was written and not synced is there or not, as chance has it,
 * and files that were made since the last sync of names may be gone. It may be full, or fail a sync.
 *
 * <p>A sync takes virtual time: between {@link #deferSyncs} and {@link #completeSyncs} what is synced is on its way and may
 * still be lost.
 */
public final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    private final String name;
    private final Chance chance;
    private final TreeMap<String, Content> files = new TreeMap<>();
    private boolean deferred;
    private boolean failing;

    private static final class Content {
        private byte[] written = new byte[0];
        private int size;
        private byte[] durable = new byte[0];
        private int durableSize;
        private final List<int[]> unsynced = new ArrayList<>();
        private final List<int[]> syncing = new ArrayList<>();
        private boolean nameDurable;

        void write(ByteBuffer source, int offset) {
            int end = offset + source.remaining();
            if (end > written.length) {
                written = Arrays.copyOf(written, Math.max(end, 2 * written.length));
            }
            unsynced.add(new int[] {offset, end});
            source.get(written, offset, end - offset);
            size = Math.max(size, end);
        }

        void makeDurable(int from, int to) {
            if (durable.length < to) {
                durable = Arrays.copyOf(durable, Math.max(to, written.length));
            }
            System.arraycopy(written, from, durable, from, to - from);
            durableSize = Math.max(durableSize, to);
        }

        void sync(boolean deferred) {
            syncing.addAll(unsynced);
            unsynced.clear();
            if (!deferred) {
                complete();
            }
        }

        void complete() {
            for (int[] range : syncing) {
                makeDurable(range[0], range[1]);
            }
            syncing.clear();
        }

        void crash(Chance chance) {
            syncing.addAll(unsynced);
            unsynced.clear();
            int luck = chance.below(4);
            for (int[] range : syncing) {
                for (int at = range[0]; at < range[1]; ) {
                    int end = Math.min(range[1], (at / SECTOR + 1) * SECTOR);
                    if (luck == 3 || (luck > 0 && chance.oneIn(2))) {
                        makeDurable(at, end);
                    }
                    at = end;
                }
            }
            syncing.clear();
            written = Arrays.copyOf(durable, durableSize);
            size = durableSize;
        }
    }

    public SimulatedDisk(String name, Chance chance) {
        this.name = name;
        this.chance = chance;
    }

    /** Syncs from now on are on their way until {@link #completeSyncs}. */
    public void deferSyncs() {
        deferred = true;
    }

    /** Syncs from now on are done when they return. */
    public void syncAtOnce() {
        deferred = false;
    }

    /** What was on its way is on the disk. */
    public void completeSyncs() {
        files.values().forEach(Content::complete);
    }

    /** Whether writes and syncs fail. */
    public void setFailing(boolean fails) {
        failing = fails;
    }

    public void crash() {
        deferred = false;
        files.values().removeIf(content -> !content.nameDurable && chance.oneIn(2));
        files.values().forEach(content -> content.crash(chance));
    }

    /** Turns one durable bit. Returns what was hit, for people. */
    public String corrupt() {
        for (String file : files.descendingKeySet()) {
            Content content = files.get(file);
            if (content != null && content.durableSize > 0) {
                int at = chance.below(content.durableSize);
                content.durable[at] ^= (byte) (1 << chance.below(8));
                content.written[at] = content.durable[at];
                return file + " at " + at;
            }
        }
        return "nothing";
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public DiskFile openOrCreate(String file) throws IOException {
        if (failing && !files.containsKey(file)) {
            throw new IOException("no space left on simulated disk " + name);
        }
        return new Open(files.computeIfAbsent(file, made -> new Content()));
    }

    @Override
    public DiskFile openToRead(String file) throws IOException {
        Content content = files.get(file);
        if (content == null) {
            throw new FileNotFoundException(describe(file));
        }
        return new Open(content);
    }

    @Override
    public void delete(String file) {
        files.remove(file);
    }

    @Override
    public void syncNames() {
        files.values().forEach(content -> content.nameDurable = true);
    }

    @Override
    public AutoCloseable lock(String file) {
        return () -> {};
    }

    @Override
    public String describe(String file) {
        return name + "/" + file;
    }

    private final class Open implements DiskFile {
        private final Content content;

        Open(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            if (failing) {
                throw new IOException("no space left on simulated disk " + name);
            }
            content.write(source, (int) offset);
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            int count = Math.clamp(content.size - offset, 0, target.remaining());
            target.put(content.written, (int) Math.min(offset, content.size), count);
            return count;
        }

        @Override
        public void sync() throws IOException {
            if (failing) {
                throw new IOException("sync failed on simulated disk " + name);
            }
            content.sync(deferred);
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
