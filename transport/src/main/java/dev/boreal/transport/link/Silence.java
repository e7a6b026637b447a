package dev.boreal.transport.link;

import dev.boreal.transport.TransportSettings;

/**
 * Counts the looks at which nothing had been heard. Looks are counted, not time: a process that was paused for long wakes
 * up, looks once, and hears what arrived meanwhile before it judges.
 */
final class Silence {
    private final int limit;
    private boolean heard = true;
    private int silentLooks;

    Silence(TransportSettings settings) {
        limit = (int)
                Math.max(2, settings.silence().toNanos() / settings.signOfLife().toNanos());
    }

    void heard() {
        heard = true;
    }

    void begin() {
        heard = true;
        silentLooks = 0;
    }

    /** To be called once per sign of life; true if it has been silent for too long. */
    boolean look() {
        silentLooks = heard ? 0 : silentLooks + 1;
        heard = false;
        return silentLooks >= limit;
    }
}
