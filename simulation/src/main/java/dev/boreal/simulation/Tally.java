package dev.boreal.simulation;

import java.util.Locale;

/** What many runs came to. */
final class Tally {
    private final long started;
    private long runs;
    private long events;
    private long virtual;
    private long committed;
    private long faults;

    /** @param started by the system's clock, which measures how fast the simulation is and nothing within it */
    Tally(long started) {
        this.started = started;
    }

    void add(Outcome outcome) {
        runs++;
        events += outcome.events();
        virtual += outcome.virtualNanos();
        committed += outcome.committed();
        faults += outcome.faults();
    }

    private double seconds() {
        return Math.max(1, System.nanoTime() - started) / 1e9;
    }

    /** How far it is, how fast, and how long it will still take. */
    String progress(long done, long of, long failed) {
        double rate = runs / seconds();
        return String.format(
                Locale.ROOT,
                "%d of %d runs, %s, %.1f a second, %s left",
                done,
                of,
                failed == 0 ? "all good" : failed + " bad",
                rate,
                duration((of - done) / rate));
    }

    private static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%d seeds, %d events, %d commits, %d faults, %.1f s of virtual time in %.1f s, %.1f seeds a second",
                runs,
                events,
                committed,
                faults,
                virtual / 1e9,
                seconds(),
                runs / seconds());
    }
}
