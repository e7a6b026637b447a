package dev.boreal.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.contracts.wire.FeedPositions;
import dev.boreal.contracts.wire.Range;

/** The values that several doors speak of, as they travel. Arrays are shared with messages, since nobody changes them. */
public final class WireValues {
    private WireValues() {}

    public static ByteString bytes(byte[] array) {
        return UnsafeByteOperations.unsafeWrap(array);
    }

    public static ByteString bytes(WriteSet writes) {
        return UnsafeByteOperations.unsafeWrap(writes.buffer(), writes.offset(), writes.length());
    }

    public static WriteSet writes(ByteString bytes) {
        return new WriteSet(bytes.toByteArray(), 0, bytes.size());
    }

    public static Range range(KeyRange range) {
        return Range.newBuilder()
                .setFrom(bytes(range.from()))
                .setTo(bytes(range.to()))
                .build();
    }

    public static KeyRange range(Range range) {
        return new KeyRange(range.getFrom().toByteArray(), range.getTo().toByteArray());
    }

    public static FeedPositions positions(FeedStart start) {
        FeedPositions.Builder positions = FeedPositions.newBuilder();
        for (long position : start.positions()) {
            positions.addPositions(position);
        }
        return positions.build();
    }

    public static FeedStart positions(FeedPositions positions) {
        long[] read = new long[positions.getPositionsCount()];
        for (int i = 0; i < read.length; i++) {
            read[i] = positions.getPositions(i);
        }
        return new FeedStart(read);
    }
}
