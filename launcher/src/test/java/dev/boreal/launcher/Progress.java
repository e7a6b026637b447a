package dev.boreal.launcher;

/** Tells how far a long run is, at every tenth of it, to people who wait for it ({@code ./boreal faults}); tests in CI are silent. */
public final class Progress {
    private static final boolean TELLS = Boolean.getBoolean("boreal.faults.progress");
    private static final int STEPS = 10;

    private final String what;
    private final int total;
    private int told;

    /** @param total how many steps there are, at least one */
    public Progress(String what, int total) {
        this.what = what;
        this.total = total;
    }

    /** So many are done. */
    public void at(int done) {
        int step = (int) ((long) STEPS * done / total);
        if (TELLS && step > told && done < total) {
            System.out.printf("  %s: %,d of %,d%n", what, done, total);
        }
        told = Math.max(told, step);
    }
}
