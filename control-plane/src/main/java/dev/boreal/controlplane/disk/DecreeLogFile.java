package dev.boreal.controlplane.disk;

import dev.boreal.controlplane.paxos.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A member's log on disk: one file per generation, a new one with every checkpoint.
 *
 * <p>A file is a header and frames: a magic number, the payload's length, how far the file was durable when the frame was
 * written, and a CRC32C of all that and of the frame's place. A frame that does not check out is a torn write if nothing behind
 * it says that its place had been durable: it and the rest are cut. If a later frame says so it is damage, and the member
 * does not start. Damage to the last thing that was synced cannot be told from a torn write; so a sync is followed by news of it
 * with the next frame.
 *
 * <p>What was written last may be in the page cache only; and if its sync failed, its pages pass for clean, so that another sync would
 * say yes without writing. Hence it is written once more before it is called durable.
 *
 * <p>One thread at a time. After an exception of {@link #append} or {@link #sync} the log must not be used any more.
 */
public final class DecreeLogFile implements AutoCloseable {
    private static final String PREFIX = "decrees-";
    private static final String PART = ".part";
    private static final String LOCK = "control-plane.lock";
    private static final int HEADER_MAGIC = 0x42435031;
    private static final int FRAME_MAGIC = 0x44435245;
    private static final int FRAME_HEADER = 4 + 4 + 8 + 4;
    private static final int LARGEST_PAYLOAD = 512 << 20;

    private final Disk disk;
    private final AutoCloseable lock;
    private final byte[] header;
    private final List<LogRecord> found = new ArrayList<>();
    private Disk.DiskFile file;
    private long generation;
    private long end;
    private long durable;
    private long cutBytes;

    private DecreeLogFile(Disk disk, AutoCloseable lock, String cluster, String member) throws IOException {
        this.disk = disk;
        this.lock = lock;
        header = header(cluster, member);
        generation = newestGeneration();
        if (generation == 0) {
            generation = 1;
            file = begin(new byte[0]);
        } else {
            file = disk.open(name(generation));
            recover();
        }
        deleteOthers();
    }

    /**
     * Opens the log, making it if there is none.
     *
     * @param cluster and {@code member}: what is found must have been written under the same names
     * @throws LogCorruptException if it is damaged
     */
    public static DecreeLogFile open(Disk disk, String cluster, String member) throws IOException {
        AutoCloseable lock = disk.lock(LOCK);
        try {
            return new DecreeLogFile(disk, lock, cluster, member);
        } catch (IOException | RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** What was found, in order. Empty for a new log. */
    public List<LogRecord> found() {
        return List.copyOf(found);
    }

    /** How many bytes of a torn write were cut. */
    public long cutBytes() {
        return cutBytes;
    }

    /**
     * Writes records behind all others; {@link #sync} makes them durable. From a checkpoint on they stand in a file of their own, and
     * what was before is gone; that is durable on return.
     */
    public void append(List<LogRecord> records) throws IOException {
        int first = lastCheckpoint(records);
        if (first >= 0) {
            replace(records.subList(first, records.size()));
            return;
        }
        byte[] bytes = frames(records, end, durable);
        file.write(ByteBuffer.wrap(bytes), end);
        end += bytes.length;
    }

    public void sync() throws IOException {
        if (durable < end) {
            file.sync();
            durable = end;
        }
    }

    private static int lastCheckpoint(List<LogRecord> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i) instanceof LogRecord.Checkpoint) {
                return i;
            }
        }
        return -1;
    }

    private void replace(List<LogRecord> records) throws IOException {
        String old = name(generation);
        Disk.DiskFile oldFile = file;
        generation++;
        file = begin(frames(records, header.length, 0));
        oldFile.close();
        disk.delete(old);
    }

    /** A new file under its final name, all of it durable. */
    private Disk.DiskFile begin(byte[] frames) throws IOException {
        String name = name(generation);
        disk.delete(name + PART);
        Disk.DiskFile begun = disk.open(name + PART);
        begun.write(ByteBuffer.wrap(header), 0);
        begun.write(ByteBuffer.wrap(frames), header.length);
        begun.sync();
        disk.rename(name + PART, name);
        disk.syncNames();
        end = header.length + (long) frames.length;
        durable = end;
        return begun;
    }

    private static String name(long generation) {
        return PREFIX + String.format("%016d", generation);
    }

    private long newestGeneration() throws IOException {
        long newest = 0;
        for (String name : disk.list()) {
            if (name.startsWith(PREFIX) && !name.endsWith(PART)) {
                newest = Math.max(newest, Long.parseLong(name.substring(PREFIX.length())));
            }
        }
        return newest;
    }

    private void deleteOthers() throws IOException {
        for (String name : disk.list()) {
            if (name.startsWith(PREFIX) && !name.equals(name(generation))) {
                disk.delete(name);
            }
        }
    }

    private static byte[] header(String cluster, String member) {
        byte[] names = (cluster + "\n" + member).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 + names.length + 4);
        bytes.putInt(HEADER_MAGIC).putInt(names.length).put(names);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) crc.getValue());
        return bytes.array();
    }

    private static byte[] frames(List<LogRecord> records, long start, long durable) {
        List<byte[]> payloads = new ArrayList<>();
        int size = 0;
        for (LogRecord logRecord : records) {
            byte[] payload = RecordCodec.encode(logRecord);
            payloads.add(payload);
            size = Math.addExact(size, FRAME_HEADER + payload.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (byte[] payload : payloads) {
            long place = start + bytes.position();
            bytes.putInt(FRAME_MAGIC)
                    .putInt(payload.length)
                    .putLong(durable)
                    .putInt(check(payload, 0, payload.length, durable, place))
                    .put(payload);
        }
        return bytes.array();
    }

    private static int check(byte[] bytes, int offset, int length, long durable, long place) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(20)
                .putInt(length)
                .putLong(durable)
                .putLong(place)
                .flip());
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private void recover() throws IOException {
        String path = disk.describe(name(generation));
        byte[] bytes = readAll(path);
        checkHeader(bytes, path);
        int at = header.length;
        int surelyDurable = 0;
        while (isFrame(bytes, at)) {
            int length = ByteBuffer.wrap(bytes).getInt(at + 4);
            surelyDurable = (int) Math.min(ByteBuffer.wrap(bytes).getLong(at + 8), at);
            byte[] payload = new byte[length];
            System.arraycopy(bytes, at + FRAME_HEADER, payload, 0, length);
            found.add(RecordCodec.decode(payload));
            at += FRAME_HEADER + length;
        }
        if (at < bytes.length) {
            checkTorn(bytes, at, path);
            cutBytes = (long) bytes.length - at;
            file.truncate(at);
        }
        file.write(ByteBuffer.wrap(bytes, surelyDurable, at - surelyDurable), surelyDurable);
        file.sync();
        end = at;
        durable = at;
    }

    private byte[] readAll(String path) throws IOException {
        long size = file.size();
        if (size > Integer.MAX_VALUE - 16) {
            throw new LogCorruptException(path, size, "it is larger than any that is written");
        }
        byte[] bytes = new byte[(int) size];
        int count = file.read(ByteBuffer.wrap(bytes), 0);
        if (count < size) {
            throw new IOException(path + " ends at byte " + count + " of " + size);
        }
        return bytes;
    }

    private void checkHeader(byte[] bytes, String path) throws IOException {
        if (bytes.length >= header.length && startsWithHeader(bytes)) {
            return;
        }
        if (bytes.length < 8 || ByteBuffer.wrap(bytes).getInt(0) != HEADER_MAGIC) {
            throw new LogCorruptException(path, 0, "it does not begin like a control plane's log");
        }
        int length = Math.max(0, Math.min(ByteBuffer.wrap(bytes).getInt(4), bytes.length - 8));
        String names = new String(bytes, 8, length, StandardCharsets.UTF_8).replace('\n', '/');
        throw new IOException(path + " belongs to cluster and member " + names
                + ", and this is another one; give this member its own directory");
    }

    private boolean startsWithHeader(byte[] bytes) {
        for (int i = 0; i < header.length; i++) {
            if (bytes[i] != header[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFrame(byte[] bytes, int at) {
        if (bytes.length - at < FRAME_HEADER) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(at + 4);
        return buffer.getInt(at) == FRAME_MAGIC
                && length >= 0
                && length <= Math.min(LARGEST_PAYLOAD, bytes.length - at - FRAME_HEADER)
                && buffer.getInt(at + 16) == check(bytes, at + FRAME_HEADER, length, buffer.getLong(at + 8), at);
    }

    /** Throws if a whole frame behind the damage says that its place had been durable. */
    private static void checkTorn(byte[] bytes, int damage, String path) throws LogCorruptException {
        for (int at = damage + 1; at <= bytes.length - FRAME_HEADER; at++) {
            if (isFrame(bytes, at) && ByteBuffer.wrap(bytes).getLong(at + 8) > damage) {
                throw new LogCorruptException(
                        path, damage, "a record does not check out, and a later one says that it was durable");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            release(lock);
        }
    }

    private static void release(AutoCloseable lock) throws IOException {
        try {
            lock.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the lock could not be given back", e);
        }
    }
}
