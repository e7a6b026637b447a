package dev.boreal.adjudicator.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintWindowTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long RETENTION = 300_000_000_000L;

    private final FingerprintWindow window = new FingerprintWindow(RETENTION, 16, START);

    @Test
    void aRememberedKeyCostsUnder32Bytes() {
        Chance chance = new Chance(1);
        for (int commit = 1; commit <= 500_000; commit++) {
            window.remember(writes(chance.nextLong(), chance.nextLong()), START + commit);
            if (commit >= 100_000 && commit % 9_973 == 0) {
                assertThat((double) window.arrayBytes() / window.entries())
                        .as("after %s commits", commit)
                        .isLessThan(32.0);
            }
        }
        assertThat(window.entries()).isEqualTo(1_000_000);
        System.out.printf("MEASURED %.1f bytes per remembered key%n", (double) window.arrayBytes() / window.entries());
    }

    @Test
    void fiveMillionAccessesInOneCommitAreRememberedUnder32BytesEach() {
        long[] fingerprints = new long[5_000_000];
        Chance chance = new Chance(2);
        Arrays.setAll(fingerprints, i -> chance.nextLong());
        byte[] modes = new byte[fingerprints.length];
        Arrays.fill(modes, AccessMode.KEY_WRITE.code());
        long begun = System.nanoTime();
        window.remember(new Accesses(fingerprints, modes, List.of()), START + 7);
        long remembered = System.nanoTime();
        for (long fingerprint : fingerprints) {
            if (window.newestConflict(fingerprint, AccessMode.KEY_SHARE, START + 6) != START + 7) {
                throw new AssertionError("forgot " + fingerprint);
            }
        }
        System.out.printf(
                "MEASURED 5 million accesses: remembered in %d ms, checked in %d ms, %.1f bytes each%n",
                (remembered - begun) / 1_000_000,
                (System.nanoTime() - remembered) / 1_000_000,
                (double) window.arrayBytes() / window.entries());
        assertThat((double) window.arrayBytes() / window.entries()).isLessThan(32.0);
        window.expire(START + 7 + RETENTION);
        assertThat(window.entries()).isZero();
        assertThat(window.arrayBytes()).isLessThan(100_000);
    }

    @Test
    void everySnapshotWithinTheRetentionIsJudgedAndOlderOnesAreBelowTheFloor() {
        long slice = RETENTION / 16;
        for (int i = 1; i <= 100; i++) {
            window.remember(writes(i), START + i * slice);
            long now = START + i * slice;
            assertThat(window.floor()).isLessThanOrEqualTo(Math.max(START, now - RETENTION));
            for (int j = 1; j <= i; j++) {
                long at = START + j * slice;
                if (at - 1 >= window.floor()) {
                    assertThat(window.newestConflict(j, AccessMode.WRITE, at - 1))
                            .isEqualTo(at);
                    assertThat(window.newestConflict(j, AccessMode.WRITE, at)).isZero();
                }
            }
        }
        assertThat(window.floor()).isGreaterThan(START);
        assertThat(window.entries()).isLessThanOrEqualTo(18);
    }

    @Test
    void aLaterWeakerAccessHidesNoEarlierStrongerOne() {
        window.remember(access(9, AccessMode.KEY_WRITE), START + 10);
        window.remember(access(9, AccessMode.WRITE), START + 20);
        window.remember(access(9, AccessMode.KEY_SHARE), START + 30);
        assertThat(window.newestConflict(9, AccessMode.KEY_SHARE, START)).isEqualTo(START + 10);
        assertThat(window.newestConflict(9, AccessMode.READ, START)).isEqualTo(START + 20);
        assertThat(window.newestConflict(9, AccessMode.KEY_WRITE, START)).isEqualTo(START + 30);
        assertThat(window.modeAt(9, START + 20)).isEqualTo(AccessMode.WRITE);
        window.remember(access(9, AccessMode.KEY_WRITE), START + 40);
        assertThat(window.newestConflict(9, AccessMode.KEY_SHARE, START + 30)).isEqualTo(START + 40);
    }

    @Test
    void fingerprintsThatAreAllAlikeInTheirLowOrHighBitsStayFindable() {
        for (int shift = 0; shift <= 44; shift += 11) {
            for (long i = 0; i < 1_000; i++) {
                window.remember(writes(i << shift), START + 1 + shift * 1_000L + i);
            }
        }
        assertThat(window.newestConflict(999L << 44, AccessMode.WRITE, START)).isEqualTo(START + 1 + 44_000 + 999);
        assertThat(window.newestConflict(1_001L << 44, AccessMode.WRITE, START)).isZero();
    }

    private static Accesses writes(long... fingerprints) {
        byte[] modes = new byte[fingerprints.length];
        Arrays.fill(modes, AccessMode.WRITE.code());
        return new Accesses(fingerprints, modes, List.of());
    }

    private static Accesses access(long fingerprint, AccessMode mode) {
        return new Accesses(new long[] {fingerprint}, new byte[] {mode.code()}, List.of());
    }
}
