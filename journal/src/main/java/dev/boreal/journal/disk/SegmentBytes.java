package dev.boreal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Random access to a file through one window of its bytes. Not thread-safe. */
final class SegmentBytes {
    private final DiskFile file;
    private final ByteBuffer window;
    private long start;
    private int length;

    SegmentBytes(DiskFile file, int windowBytes) {
        this.file = file;
        window = ByteBuffer.allocate(windowBytes);
    }

    /** Forgets what was read, because the file may have grown or changed since. */
    void invalidate() {
        length = 0;
    }

    /**
     * Makes {@code count} bytes at {@code offset} present in {@link #window}; {@code count} is at most the window's
     * size.
     *
     * @return their index in the window, or -1 if the file ends before
     */
    int indexOf(long offset, int count) throws IOException {
        if (offset < start || offset + count > start + length) {
            start = offset;
            length = 0;
            window.clear();
            length = file.read(window, offset);
            if (count > length) {
                return -1;
            }
        }
        return (int) (offset - start);
    }

    /** The window; indexes from {@link #indexOf} hold until the next call. */
    ByteBuffer window() {
        return window;
    }

    /** Copies bytes that are known to be in the file. */
    void copy(long offset, byte[] target) throws IOException {
        if (target.length <= window.capacity()) {
            int index = indexOf(offset, target.length);
            if (index < 0) {
                throw new IOException("the file ends inside a record at byte " + offset);
            }
            window.get(index, target);
        } else if (file.read(ByteBuffer.wrap(target), offset) < target.length) {
            throw new IOException("the file ends inside a record at byte " + offset);
        }
    }

    /** The first offset from {@code from} on whose byte is not zero, or -1 if there is none up to {@code to}. */
    long firstNonZero(long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            int count = (int) Math.min(to - at, window.capacity());
            int index = indexOf(at, count);
            if (index < 0) {
                index = 0;
                count = length;
            }
            for (int i = 0; i < count; i++) {
                if (window.get(index + i) != 0) {
                    return at + i;
                }
            }
            if (count == 0) {
                return -1;
            }
            at += count;
        }
        return -1;
    }

    /** One behind the last byte that is not zero in {@code [from, to)}, or {@code from} if all are. */
    long endOfNonZero(long from, long to) throws IOException {
        long end = from;
        for (long at = from; at < to; ) {
            int count = (int) Math.min(to - at, window.capacity());
            int index = indexOf(at, count);
            if (index < 0) {
                index = 0;
                count = length;
            }
            for (int i = count - 1; i >= 0; i--) {
                if (window.get(index + i) != 0) {
                    end = at + i + 1;
                    break;
                }
            }
            if (count == 0) {
                return end;
            }
            at += count;
        }
        return end;
    }
}
