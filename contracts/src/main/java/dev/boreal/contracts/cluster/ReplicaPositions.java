package dev.boreal.contracts.cluster;

import dev.boreal.contracts.feed.FeedStart;
import java.nio.ByteBuffer;

/**
 * Up to which commit record of each journal a storage replica has everything on disk. Written to the register under
 * {@code storage/NAME}, not bound to a session: a replica that is away still needs what it has not got.
 *
 * @param persisted a journal may be trimmed up to the lowest position of all replicas
 */
public record ReplicaPositions(FeedStart persisted) {
    public static final String PREFIX = "storage/";
    private static final byte FORMAT = 1;

    public static String key(String replica) {
        return PREFIX + replica;
    }

    /** Which replica an entry of the register is about. */
    public static String replica(String key) {
        return key.substring(PREFIX.length());
    }

    /** {@code format: 1 byte | position per journal: 8 bytes each, big-endian}. */
    public byte[] encode() {
        long[] positions = persisted.positions();
        ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES * positions.length).put(FORMAT);
        for (long position : positions) {
            out.putLong(position);
        }
        return out.array();
    }

    /** Throws IllegalArgumentException if the bytes are not positions. */
    public static ReplicaPositions decode(byte[] bytes) {
        if (bytes.length % Long.BYTES != 1) {
            throw new IllegalArgumentException("a replica's positions are cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("a replica's positions of format " + format + ", expected " + FORMAT);
        }
        long[] positions = new long[in.remaining() / Long.BYTES];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = in.getLong();
        }
        return new ReplicaPositions(new FeedStart(positions));
    }
}
