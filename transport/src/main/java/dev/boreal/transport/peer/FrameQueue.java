package dev.boreal.transport.peer;

import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import dev.boreal.contracts.wire.PeerFrames;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/** The frames that wait for one stream. Any thread offers, the stream's loop takes. Bounded by bytes. */
final class FrameQueue {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int OVERHEAD = 32;

    private final long limit;
    private final MpscUnboundedArrayQueue<byte[]> frames = new MpscUnboundedArrayQueue<>(256);
    private final AtomicLong bytes = new AtomicLong();

    FrameQueue(long limit) {
        this.limit = limit;
    }

    /** False if too much waits; the frame is dropped then. */
    boolean offer(byte[] frame) {
        long size = (long) frame.length + OVERHEAD;
        if (bytes.get() + size > limit && bytes.get() > 0) {
            return false;
        }
        bytes.addAndGet(size);
        return frames.offer(frame);
    }

    /** Whatever waits, or the first part of it. */
    @Nullable MessageLite nextBatch() {
        byte[] frame = frames.poll();
        if (frame == null) {
            return null;
        }
        PeerFrames.Builder batch = PeerFrames.newBuilder();
        long taken = 0;
        while (frame != null) {
            batch.addFrames(UnsafeByteOperations.unsafeWrap(frame));
            taken += (long) frame.length + OVERHEAD;
            frame = taken < BATCH_BYTES ? frames.poll() : null;
        }
        bytes.addAndGet(-taken);
        return batch.build();
    }
}
