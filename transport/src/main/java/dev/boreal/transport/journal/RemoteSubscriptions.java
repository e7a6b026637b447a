package dev.boreal.transport.journal;

import dev.boreal.contracts.wire.JournalCall;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/** The subscriptions that have credit to give, each at most once. Any thread adds, the loop takes. */
final class RemoteSubscriptions {
    private final MpscUnboundedArrayQueue<Crediting> waiting = new MpscUnboundedArrayQueue<>(16);

    /** A subscription with credit. */
    interface Crediting {
        /** All credit gathered so far, as it travels; null if there is no use for it any more. */
        @Nullable JournalCall takeCredit();
    }

    void wants(Crediting subscription) {
        waiting.offer(subscription);
    }

    @Nullable JournalCall poll() {
        for (Crediting next = waiting.poll(); next != null; next = waiting.poll()) {
            JournalCall credit = next.takeCredit();
            if (credit != null) {
                return credit;
            }
        }
        return null;
    }

    void clear() {
        waiting.clear();
    }
}
