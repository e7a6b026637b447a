package dev.boreal.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.supervision.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster of 18 processes in three zones that loses processes and zones under load: 10 times, or as often as
 * {@code -Dboreal.cluster.kills} says (and no longer than {@code -Dboreal.cluster.minutes}). {@code ./boreal faults cluster} inflicts 200, and judges how long service was away, which
 * needs an idle machine.
 */
class ClusterTest {
    private static final int LOSSES = Integer.getInteger("boreal.cluster.kills", 10);
    private static final long SEED = Long.getLong("boreal.faults.seed", 20_260_102L);
    private static final boolean JUDGES_TIME = Boolean.getBoolean("boreal.faults.progress");
    private static final Duration MOST_TIME = Duration.ofMinutes(Integer.getInteger("boreal.cluster.minutes", 600));
    private static final long LIMIT_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 5_000;
    private static final int ZONES = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    @TempDir
    Path directory;

    private LocalCluster cluster;

    @BeforeEach
    void up() throws Exception {
        cluster = LocalCluster.create(directory.resolve("cluster"), ZONES, TestPorts.block())
                .startedBy(TrainedJava.launch());
        cluster.up((role, members) -> {});
    }

    @AfterEach
    void down() throws Exception {
        cluster.down();
    }

    @Test
    void keepsEveryAcknowledgedCommitWhateverIsLost() throws Exception {
        Gaps gaps = new Gaps(LIMIT_MILLIS);
        LossPlan plan = new LossPlan(cluster, new Chance(SEED));
        Wholeness wholeness = new Wholeness(cluster);
        try (ClusterLoad load = ClusterLoad.start(cluster, SEED, false)) {
            load.awaitCommits();
            wholeness.awaitAll();
            long end = System.nanoTime() + MOST_TIME.toNanos();
            int losses = 0;
            while (losses < LOSSES && System.nanoTime() - end < 0) {
                losses++;
                inflict(losses, plan.next(losses - 1), load, wholeness, gaps);
            }
            load.stopAndVerify();
            cluster.down();
            cluster.up((role, members) -> {});
            load.verify();
            System.out.print("cluster: " + losses + " losses; " + load.summary()
                    + "; how long no commit was acknowledged:\n" + gaps.table());
        }
        if (JUDGES_TIME) {
            assertThat(gaps.beyondLimit())
                    .as("losses after which service was away for more than %d ms", LIMIT_MILLIS)
                    .isZero();
        }
    }

    private void inflict(int number, Loss loss, ClusterLoad load, Wholeness wholeness, Gaps gaps) throws Exception {
        long began = System.nanoTime();
        lose(loss, load);
        long back = System.nanoTime();
        giveBack(loss);
        load.awaitCommits();
        wholeness.awaitAll();
        long whole = System.nanoTime();
        long away = load.times().longestGapNanos(began, back) / NANOS_PER_MILLI;
        long again = load.times().longestGapNanos(back, whole) / NANOS_PER_MILLI;
        gaps.add(loss.kind(), Math.max(away, again));
        System.out.printf(
                Locale.ROOT,
                "cluster: %3d. %-28s no commit for %d ms, on return for %d ms; whole after %d ms%n",
                number,
                loss,
                away,
                again,
                (whole - back) / NANOS_PER_MILLI);
    }

    /** While they are away, the others go on. */
    private void lose(Loss loss, ClusterLoad load) throws Exception {
        if (loss.paused()) {
            cluster.pause(loss.victims());
            Thread.sleep(PAUSE_MILLIS);
        } else {
            cluster.kill(loss.victims());
        }
        load.awaitCommits();
    }

    private void giveBack(Loss loss) throws Exception {
        if (loss.paused()) {
            cluster.resume(loss.victims());
        } else {
            cluster.restart(loss.victims());
        }
    }
}
