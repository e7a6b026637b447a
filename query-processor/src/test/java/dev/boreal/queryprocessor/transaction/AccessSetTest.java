package dev.boreal.queryprocessor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSetTest {
    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void keepsEachKeyOnceWithAModeThatCoversEveryUse() {
        Chance chance = new Chance(5);
        AccessSet set = new AccessSet();
        Map<Long, Integer> conflicts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = key(chance.below(3_000));
            AccessMode mode = AccessMode.ofCode(chance.below(4));
            set.add(key, mode, 7);
            conflicts.merge(KeyFingerprint.of(key), mode.conflictMask(), (a, b) -> a | b);
        }
        Accesses accesses = set.build();
        assertThat(accesses.points()).isEqualTo(conflicts.size());
        for (int i = 0; i < accesses.points(); i++) {
            int covered = AccessMode.ofCode(accesses.modes()[i]).conflictMask();
            int needed = conflicts.getOrDefault(accesses.fingerprints()[i], 0);
            assertThat(covered & needed).isEqualTo(needed);
            assertThat(KeyFingerprint.of(java.util.Objects.requireNonNull(set.keyOf(i))))
                    .isEqualTo(accesses.fingerprints()[i]);
            assertThat(set.tableOf(i)).isEqualTo(7);
        }
    }

    @Test
    void forgetsWhatCameAfterASavepoint() {
        AccessSet set = new AccessSet();
        set.add(key(1), AccessMode.WRITE, 1);
        set.addRange(KeyRange.ALL, 1);
        for (int i = 2; i < 500; i++) {
            set.add(key(i), AccessMode.WRITE, 1);
        }
        set.addRange(KeyRange.ALL, 1);
        set.truncate(1, 1);
        assertThat(set.build().points()).isEqualTo(1);
        assertThat(set.ranges()).isEqualTo(1);
        set.add(key(3), AccessMode.KEY_WRITE, 1);
        set.add(key(1), AccessMode.READ, 1);
        assertThat(set.build().points()).isEqualTo(2);
    }
}
