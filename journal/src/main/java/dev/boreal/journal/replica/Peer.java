package dev.boreal.journal.replica;

import org.jspecify.annotations.Nullable;

/** What a replica knows of another one, and how far it has sent it its log. Not thread-safe. */
final class Peer {
    final String name;
    private boolean connected;
    private long heardDirectly;
    private long heard;
    private long progressed;
    private long led;
    /** In the current term. */
    long accepted;

    long lastIndex;
    /** Whether records are pushed as they come; else the peer fetches. */
    boolean pushing;
    /** The next index to push. */
    long next;

    @Nullable CopyRequest copy;

    /** Whether somebody there wants to hear news at once. */
    boolean awaits;

    long sentCommitted;
    long sentHeartbeat;

    Peer(String name, long now) {
        this.name = name;
        begin(now);
    }

    /** A term begins. */
    final void begin(long now) {
        accepted = 0;
        lastIndex = 0;
        pushing = false;
        next = 0;
        copy = null;
        sentCommitted = 0;
        sentHeartbeat = 0;
        heard = Math.max(heard, now);
        progressed = now;
        led = now;
    }

    void pushFrom(long index) {
        pushing = true;
        next = index;
        sentCommitted = 0;
        sentHeartbeat = 0;
    }

    void connected(long now) {
        connected = true;
        heardDirectly = now;
    }

    void disconnected() {
        connected = false;
    }

    void heard(long now, boolean directly) {
        heard = now;
        if (directly) {
            connected = true;
            heardDirectly = now;
        }
    }

    /** @param myLastIndex of the one who keeps this */
    void accepted(Message.Acceptance news, long myLastIndex, long now) {
        if (news.accepted() > accepted || news.accepted() >= myLastIndex) {
            progressed = now;
        }
        accepted = Math.max(accepted, news.accepted());
        lastIndex = news.lastIndex();
        awaits = news.awaited();
        if (news.leads()) {
            led = now;
        }
    }

    boolean isDirect(long now, long silenceNanos) {
        return connected && now - heardDirectly <= silenceNanos;
    }

    boolean isSilent(long now, long nanos) {
        return now - heard > nanos;
    }

    /** Whether it made no progress, although there was some to make, for that long. */
    boolean isStuck(long now, long nanos) {
        return now - progressed > nanos;
    }

    /** Whether it did not lead for that long. */
    boolean doesNotLead(long now, long nanos) {
        return now - led > nanos;
    }
}
