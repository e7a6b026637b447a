package dev.boreal.launcher.cluster;

/** Ports for clusters of tests, away from those of other test runs on the same machine, as far as possible. */
final class TestPorts {
    private static final int FIRST = 20_000;
    private static final int BLOCKS = 200;
    private static final int SIZE = 40;

    private TestPorts() {}

    /** The first of a block for query processors; doors are 2,000 above. */
    static int block() {
        return FIRST + (int) (ProcessHandle.current().pid() % BLOCKS) * SIZE;
    }
}
