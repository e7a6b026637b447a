package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of a write buffer on disk, in key order: blocks of some 32 KiB, of which the first keys stay in memory. The file
 * is temporary: unlinked as soon as it is open, so that no crash leaves it behind. Not thread-safe.
 *
 * <p>An entry is {@code kind: 1 byte | command: 4 | key length: 4 | value length: 4 | key | value}. Versions of one key stand
 * together in one block, the newest first.
 */
final class SortedRun implements AutoCloseable {
    private static final int BLOCK_BYTES = 32 << 10;
    private static final byte VALUE = 0;
    private static final byte TOMBSTONE = 1;
    private static final byte ABSENT = 2;

    private final FileChannel file;
    private final List<byte[]> firstKeys;
    private final long[] offsets;
    private final byte[] lastKey;
    private int undoPosition;
    private int cachedBlock = -1;
    private List<Map.Entry<byte[], Version>> cached = List.of();

    private SortedRun(FileChannel file, List<byte[]> firstKeys, long[] offsets, byte[] lastKey, int undoPosition) {
        this.file = file;
        this.firstKeys = firstKeys;
        this.offsets = offsets;
        this.lastKey = lastKey;
        this.undoPosition = undoPosition;
    }

    static SortedRun write(Path directory, SortedMap<byte[], Version> entries, int undoPosition) throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "transaction-", ".run");
        List<byte[]> firstKeys = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        long at = 0;
        long blockEnd = 0;
        try (OutputStream bytes = Files.newOutputStream(path);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes, 1 << 20))) {
            for (Map.Entry<byte[], Version> entry : entries.entrySet()) {
                if (at >= blockEnd) {
                    firstKeys.add(entry.getKey());
                    offsets.add(at);
                    blockEnd = at + BLOCK_BYTES;
                }
                byte[] key = entry.getKey();
                for (Version version = entry.getValue(); version != null; version = version.previous()) {
                    byte[] value = version.value();
                    out.writeByte(
                            WriteBuffer.isTombstone(value) ? TOMBSTONE : WriteBuffer.isAbsent(value) ? ABSENT : VALUE);
                    out.writeInt(version.command());
                    out.writeInt(key.length);
                    out.writeInt(value.length);
                    out.write(key);
                    out.write(value);
                    at += 1 + 3L * Integer.BYTES + key.length + value.length;
                }
            }
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        offsets.add(at);
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
        Files.deleteIfExists(path);
        return new SortedRun(
                file,
                firstKeys,
                offsets.stream().mapToLong(Long::longValue).toArray(),
                entries.lastKey(),
                undoPosition);
    }

    /** How many undo entries there were when this was written. */
    int undoPosition() {
        return undoPosition;
    }

    /** The undo entries from {@code mark} on are gone: whatever is remembered from here on came after this run. */
    void rolledBackTo(int mark) {
        undoPosition = Math.min(undoPosition, mark);
    }

    boolean overlaps(KeyRange range) {
        return !range.isEmpty()
                && Keys.compare(range.from(), lastKey) <= 0
                && (range.to().length == 0 || Keys.compare(firstKeys.getFirst(), range.to()) < 0);
    }

    @Nullable Version find(byte[] key) {
        int block = blockOf(key);
        if (block < 0 || Keys.compare(key, lastKey) > 0) {
            return null;
        }
        List<Map.Entry<byte[], Version>> entries = read(block);
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Keys.compare(entries.get(middle).getKey(), key);
            if (order == 0) {
                return entries.get(middle).getValue();
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The block in which a key would stand, -1 if it lies before the first. */
    private int blockOf(byte[] key) {
        int found = Collections.binarySearch(firstKeys, key, Keys::compare);
        return found >= 0 ? found : -found - 2;
    }

    private List<Map.Entry<byte[], Version>> read(int block) {
        if (block == cachedBlock) {
            return cached;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) (offsets[block + 1] - offsets[block]));
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, offsets[block] + bytes.position()) < 0) {
                    throw new IOException("temporary file is shorter than it was written");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.flip();
        List<Map.Entry<byte[], Version>> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte kind = bytes.get();
            int command = bytes.getInt();
            byte[] key = new byte[bytes.getInt()];
            byte[] value = new byte[bytes.getInt()];
            bytes.get(key).get(value);
            byte[] meant = switch (kind) {
                case TOMBSTONE -> WriteBuffer.TOMBSTONE;
                case ABSENT -> WriteBuffer.ABSENT;
                default -> value;
            };
            Map.Entry<byte[], Version> before = entries.isEmpty() ? null : entries.getLast();
            if (before != null && Arrays.equals(before.getKey(), key)) {
                Version oldest = new Version(meant, command, null);
                entries.set(entries.size() - 1, Map.entry(key, append(before.getValue(), oldest)));
            } else {
                entries.add(Map.entry(key, new Version(meant, command, null)));
            }
        }
        cachedBlock = block;
        cached = entries;
        return entries;
    }

    private static Version append(Version newest, Version oldest) {
        Version previous = newest.previous();
        return new Version(newest.value(), newest.command(), previous == null ? oldest : append(previous, oldest));
    }

    Iterator<Map.Entry<byte[], Version>> iterate(KeyRange range, boolean reverse) {
        if (!overlaps(range)) {
            return Collections.emptyIterator();
        }
        return reverse ? new Backward(range) : new Forward(range);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Forward implements Iterator<Map.Entry<byte[], Version>> {
        private final KeyRange range;
        private int block;
        private List<Map.Entry<byte[], Version>> entries;
        private int next;
        private Map.@Nullable Entry<byte[], Version> ahead;

        Forward(KeyRange range) {
            this.range = range;
            block = Math.max(0, blockOf(range.from()));
            entries = read(block);
            ahead = advance();
        }

        private Map.@Nullable Entry<byte[], Version> advance() {
            while (true) {
                if (next >= entries.size()) {
                    if (++block >= firstKeys.size()) {
                        return null;
                    }
                    entries = read(block);
                    next = 0;
                }
                Map.Entry<byte[], Version> entry = entries.get(next++);
                if (Keys.compare(entry.getKey(), range.from()) >= 0) {
                    return range.contains(entry.getKey()) ? entry : null;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Map.Entry<byte[], Version> next() {
            Map.Entry<byte[], Version> entry = ahead;
            if (entry == null) {
                throw new java.util.NoSuchElementException();
            }
            ahead = advance();
            return entry;
        }
    }

    private final class Backward implements Iterator<Map.Entry<byte[], Version>> {
        private final KeyRange range;
        private int block;
        private List<Map.Entry<byte[], Version>> entries;
        private int next;
        private Map.@Nullable Entry<byte[], Version> ahead;

        Backward(KeyRange range) {
            this.range = range;
            block = range.to().length == 0 ? firstKeys.size() - 1 : Math.max(0, blockOf(range.to()));
            entries = read(block);
            next = entries.size() - 1;
            ahead = advance();
        }

        private Map.@Nullable Entry<byte[], Version> advance() {
            while (true) {
                if (next < 0) {
                    if (--block < 0) {
                        return null;
                    }
                    entries = read(block);
                    next = entries.size() - 1;
                }
                Map.Entry<byte[], Version> entry = entries.get(next--);
                if (range.contains(entry.getKey())) {
                    return entry;
                }
                if (Keys.compare(entry.getKey(), range.from()) < 0) {
                    return null;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Map.Entry<byte[], Version> next() {
            Map.Entry<byte[], Version> entry = ahead;
            if (entry == null) {
                throw new java.util.NoSuchElementException();
            }
            ahead = advance();
            return entry;
        }
    }
}
