package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import dev.boreal.journal.disk.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that keeps what was synced, behind a page cache that outlives a process. When the power fails, each sector that was
 * written and not synced is there or not, as chance has it; files that were made, renamed or deleted since the last sync of names
 * may be as before. It may be full, or fail to sync: what a failed sync was to keep is in the cache only, where no later sync
 * looks for it. And bits may turn.
 *
 * <p>A sync takes virtual time: between {@link #deferSyncs} and {@link #completeSyncs} what is synced is on its way and may
 * still be lost.
 */
public final class SimulatedDisk implements Disk, dev.boreal.controlplane.disk.Disk {
    private static final int DAMAGE_TRIES = 200;

    private final String name;
    private final Chance chance;
    private final TreeMap<String, SimulatedFile> files = new TreeMap<>();
    private final TreeMap<String, SimulatedFile> deleted = new TreeMap<>();
    private boolean deferred;
    private boolean full;
    private boolean failing;
    private boolean damaged;

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
        files.values().forEach(SimulatedFile::complete);
    }

    /** Writes and syncs fail until {@link #mend}. */
    public void fill() {
        full = true;
        failing = true;
    }

    /** Syncs fail until {@link #mend}; the cache takes what is written. */
    public void failSyncs() {
        failing = true;
    }

    public void mend() {
        full = false;
        failing = false;
    }

    /** A process could not go on because of {@code cause}: its end if this disk is full or damaged, else somebody's mistake. */
    public RuntimeException blamed(IOException cause) {
        return failing || damaged
                ? new DiskFailed(cause)
                : new UncheckedIOException("the disk is sound and was found wanting", cause);
    }

    /** For what stands in for a file. */
    public void requireSpace() throws IOException {
        if (full) {
            throw new IOException("no space left on simulated disk " + name);
        }
    }

    /** The process is gone; the cache stays, and what was on its way to the disk arrives. */
    public void processEnds() {
        deferred = false;
        completeSyncs();
    }

    /** The cache is gone. */
    public void losePower() {
        deferred = false;
        deleted.forEach((file, content) -> {
            if (chance.oneIn(2)) {
                files.putIfAbsent(file, content);
            }
        });
        deleted.clear();
        files.values().removeIf(content -> !content.nameDurable && chance.oneIn(2));
        files.values().forEach(content -> content.losePower(chance));
    }

    /**
     * Turns a bit, not a zero's, of something that has been durable since before the last sync of its file: a bit of the last
     * sync cannot be told from a write that a crash cut short. Nobody has a file open.
     *
     * @return what was hit, for people; null if there is nothing to hit
     */
    public @Nullable String damage() {
        List<String> names = List.copyOf(files.keySet());
        for (int i = 0; i < DAMAGE_TRIES && !names.isEmpty(); i++) {
            String file = names.get(chance.below(names.size()));
            SimulatedFile content = files.get(file);
            int at = content == null ? -1 : content.damage(chance);
            if (at >= 0) {
                damaged = true;
                return describe(file) + " at byte " + at;
            }
        }
        return null;
    }

    /** Whether a bit of it was ever turned. */
    public boolean isDamaged() {
        return damaged;
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public dev.boreal.journal.disk.DiskFile openOrCreate(String file) throws IOException {
        return opened(file);
    }

    @Override
    public DiskFile open(String file) throws IOException {
        return opened(file);
    }

    private Open opened(String file) throws IOException {
        SimulatedFile there = files.get(file);
        if (there == null) {
            requireSpace();
            there = new SimulatedFile();
            files.put(file, there);
        }
        return new Open(there);
    }

    @Override
    public dev.boreal.journal.disk.DiskFile openToRead(String file) throws IOException {
        SimulatedFile content = files.get(file);
        if (content == null) {
            throw new FileNotFoundException(describe(file));
        }
        return new Open(content);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        requireSpace();
        SimulatedFile moved = files.remove(from);
        if (moved == null) {
            throw new FileNotFoundException(describe(from));
        }
        moved.nameDurable = false;
        files.put(to, moved);
    }

    @Override
    public void delete(String file) {
        SimulatedFile gone = files.remove(file);
        if (gone != null && gone.nameDurable) {
            deleted.put(file, gone);
        }
    }

    @Override
    public void syncNames() {
        deleted.clear();
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

    private final class Open implements dev.boreal.journal.disk.DiskFile, DiskFile {
        private final SimulatedFile content;

        Open(SimulatedFile content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            requireSpace();
            content.write(source, (int) offset);
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            return content.read(target, offset);
        }

        @Override
        public void truncate(long size) {
            content.truncate((int) size);
        }

        @Override
        public void sync() throws IOException {
            if (failing) {
                content.failSync();
                throw new IOException("sync failed on simulated disk " + name);
            }
            content.sync(deferred);
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
