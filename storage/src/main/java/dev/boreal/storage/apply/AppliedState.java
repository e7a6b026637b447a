package dev.boreal.storage.apply;

import dev.boreal.contracts.feed.FeedStart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How far the feed has been applied: what the store keeps next to the rows.
 *
 * @param watermark everything at or below it is in the store
 * @param positions per journal, the last commit record that is in the store completely
 */
public record AppliedState(long watermark, long[] positions) {
    public static final AppliedState NOTHING = new AppliedState(0, new long[0]);
    /** Where it is kept in the state's family. */
    public static final byte[] KEY = "applied".getBytes(StandardCharsets.US_ASCII);
    /** Where the trim horizon is kept: 8 bytes, big-endian. */
    public static final byte[] HORIZON_KEY = "horizon".getBytes(StandardCharsets.US_ASCII);

    public FeedStart feedStart() {
        return new FeedStart(positions.clone());
    }

    /** {@code watermark | position per journal}, 8 bytes each, big-endian. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * (1 + positions.length));
        out.putLong(watermark);
        for (long position : positions) {
            out.putLong(position);
        }
        return out.array();
    }

    public static AppliedState decode(byte[] bytes) {
        if (bytes.length < Long.BYTES || bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException("applied state of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long watermark = in.getLong();
        long[] positions = new long[in.remaining() / Long.BYTES];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = in.getLong();
        }
        return new AppliedState(watermark, positions);
    }

    public static byte[] encodeHorizon(long horizon) {
        return ByteBuffer.allocate(Long.BYTES).putLong(horizon).array();
    }

    public static long decodeHorizon(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AppliedState that
                && watermark == that.watermark
                && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(watermark) + Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return "AppliedState[" + watermark + ", " + Arrays.toString(positions) + "]";
    }
}
