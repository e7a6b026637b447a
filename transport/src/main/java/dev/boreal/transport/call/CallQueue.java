package dev.boreal.transport.call;

import com.google.protobuf.MessageLite;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.MalformedMessageException;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that wait to be sent, and those that wait for their answers. Any thread offers; everything else happens on the
 * stream's loop. Bounded over both, in number and bytes.
 */
public final class CallQueue<C extends MessageLite, A> {
    private static final Logger LOG = LoggerFactory.getLogger(CallQueue.class);

    private final int mostCalls;
    private final long mostBytes;
    private final MpscUnboundedArrayQueue<Call<C, A>> waiting = new MpscUnboundedArrayQueue<>(256);
    private final LongObjectHashMap<Call<C, A>> underWay = new LongObjectHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    public CallQueue(TransportSettings settings) {
        mostCalls = settings.callsUnderWay();
        mostBytes = settings.bytesUnderWay();
    }

    /** A number that no call on this client had before. Any thread. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /** False if too much is under way; the call is not sent then. Any thread. */
    public boolean offer(Call<C, A> call) {
        if (calls.incrementAndGet() > mostCalls && call.wantsAnswer()) {
            calls.decrementAndGet();
            return false;
        }
        long size = call.bytes();
        if (bytes.addAndGet(size) > mostBytes && bytes.get() > size && call.wantsAnswer()) {
            bytes.addAndGet(-size);
            calls.decrementAndGet();
            return false;
        }
        return waiting.offer(call);
    }

    /** The next call to send, or null. */
    public @Nullable Call<C, A> poll() {
        Call<C, A> call = waiting.poll();
        if (call != null) {
            if (call.wantsAnswer()) {
                underWay.put(call.id(), call);
            } else {
                over(call);
            }
        }
        return call;
    }

    /** An answer to a call that is not known any more is ignored: it was cancelled, or took too long. */
    public void answered(long id, A answer) throws MalformedMessageException {
        Call<C, A> call = underWay.get(id);
        if (call != null && call.answered(answer)) {
            underWay.remove(id);
            over(call);
        }
    }

    /** The caller wants no answer any more. */
    public void forget(long id) {
        Call<C, A> call = underWay.remove(id);
        if (call != null) {
            over(call);
        }
    }

    /** The stream is over, and with it everything under way. */
    public void broken(String reason) {
        if (!underWay.isEmpty()) {
            List<Call<C, A>> lost = new ArrayList<>(underWay.values());
            underWay.clear();
            for (Call<C, A> call : lost) {
                over(call);
                tellBroken(call, true, reason);
            }
        }
        for (Call<C, A> call = waiting.poll(); call != null; call = waiting.poll()) {
            over(call);
            tellBroken(call, false, reason);
        }
    }

    /** Gives up the calls whose time is over. */
    public void expire(long nowNanos, String reason) {
        List<Call<C, A>> late = new ArrayList<>();
        for (Call<C, A> call : underWay.values()) {
            if (call.isExpired(nowNanos)) {
                late.add(call);
            }
        }
        for (Call<C, A> call : late) {
            underWay.remove(call.id());
            over(call);
            tellBroken(call, true, reason);
        }
    }

    /** One caller that fails keeps the others from nothing. */
    private void tellBroken(Call<C, A> call, boolean sent, String reason) {
        try {
            call.broken(sent, reason);
        } catch (RuntimeException e) {
            LOG.error("A caller failed to hear that its call is broken: {}", reason, e);
        }
    }

    private void over(Call<C, A> call) {
        calls.decrementAndGet();
        bytes.addAndGet(-call.bytes());
    }
}
