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

    /** @param patience how many times the usual silence is borne */
    Silence(TransportSettings settings, int patience) {
        long looks = settings.silence().toNanos() / settings.signOfLife().toNanos();
        limit = patience * (int) Math.max(2, looks);
    }

    void heard() {
        heard = true;
    }

    void begin() {
        heard = true;
        silentLooks = 0;
    }

    /** At how many looks in a row nothing had been heard. */
    int looks() {
        return silentLooks;
    }

    /** To be called once per sign of life; true if it has been silent for too long. */
    boolean look() {
        silentLooks = heard ? 0 : silentLooks + 1;
        heard = false;
        return silentLooks >= limit;
    }
}
