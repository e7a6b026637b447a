package dev.boreal.storage.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionedKeyTest {
    private static final byte[] ALPHABET = {0, 1, 2, 0x7e, 0x7f, (byte) 0x80, (byte) 0x81, (byte) 0xfe, (byte) 0xff};

    @Test
    void encodedOrderEqualsTheOrderOfKeysForAllShortKeys() {
        List<byte[]> keys = new ArrayList<>();
        addAll(new byte[0], 4, keys);
        keys.sort(Keys::compare);
        for (int i = 1; i < keys.size(); i++) {
            assertInOrder(keys.get(i - 1), keys.get(i));
        }
    }

    @Test
    void encodedOrderEqualsTheOrderOfKeysWithLongRunsOfZeroes() {
        List<byte[]> keys = new ArrayList<>();
        for (int run = 0; run < 400; run++) {
            for (byte[] tail : new byte[][] {{}, {1}, {(byte) 0xff}, {1, 0}, {0x7f, 0, 0}}) {
                byte[] key = new byte[1 + run + tail.length];
                key[0] = 5;
                System.arraycopy(tail, 0, key, 1 + run, tail.length);
                keys.add(key);
                keys.add(Arrays.copyOfRange(key, 1, key.length));
            }
        }
        keys.sort(Keys::compare);
        for (int i = 1; i < keys.size(); i++) {
            if (Keys.compare(keys.get(i - 1), keys.get(i)) != 0) {
                assertInOrder(keys.get(i - 1), keys.get(i));
            }
        }
    }

    @Test
    void randomPairsKeepTheirOrderAndNewerVersionsComeFirst() {
        Chance chance = new Chance(11);
        for (int i = 0; i < 200_000; i++) {
            byte[] a = randomKey(chance);
            byte[] b = chance.oneIn(2) ? Arrays.copyOf(a, chance.below(a.length + 3)) : randomKey(chance);
            long older = chance.nextLong() & Long.MAX_VALUE;
            long newer = chance.nextLong() & Long.MAX_VALUE;
            int byKey = Integer.signum(Keys.compare(a, b));
            int expected = byKey != 0 ? byKey : -Long.compare(newer, older);
            assertThat(Integer.signum(Keys.compare(stored(a, newer), stored(b, older))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyKeyReadsBackWithItsTimestamp() {
        Chance chance = new Chance(12);
        for (int i = 0; i < 50_000; i++) {
            byte[] key = i < 600 ? new byte[i] : randomKey(chance);
            long timestamp = chance.nextLong() & Long.MAX_VALUE;
            byte[] stored = stored(key, timestamp);
            int prefix = stored.length - VersionedKey.TIMESTAMP_BYTES;
            assertThat(VersionedKey.decodedLength(stored, prefix)).isEqualTo(key.length);
            assertThat(VersionedKey.decodedBound(prefix)).isGreaterThanOrEqualTo(key.length);
            byte[] decoded = new byte[key.length];
            assertThat(VersionedKey.decode(stored, prefix, decoded)).isEqualTo(key.length);
            assertThat(decoded).isEqualTo(key);
            assertThat(VersionedKey.timestamp(stored, stored.length)).isEqualTo(timestamp);
        }
    }

    @Test
    void anEncodedKeyBoundsAllVersionsOfItsKey() {
        byte[] key = {1, 0, 2};
        byte[] below = VersionedKey.encode(key);
        byte[] behind = Arrays.copyOf(below, below.length + VersionedKey.TIMESTAMP_BYTES + 1);
        VersionedKey.putBehindOldest(behind, below.length);
        for (long timestamp : new long[] {0, 1, Long.MAX_VALUE}) {
            assertThat(Keys.compare(below, stored(key, timestamp))).isNegative();
            assertThat(Keys.compare(stored(key, timestamp), behind)).isNegative();
        }
        assertThat(Keys.compare(behind, VersionedKey.encode(Keys.successor(key))))
                .isNegative();
    }

    private static void addAll(byte[] prefix, int left, List<byte[]> keys) {
        keys.add(prefix);
        if (left > 0) {
            for (byte next : ALPHABET) {
                byte[] longer = Arrays.copyOf(prefix, prefix.length + 1);
                longer[prefix.length] = next;
                addAll(longer, left - 1, keys);
            }
        }
    }

    /** Also with the worst timestamps behind: the lesser key's oldest version sorts before the greater's newest. */
    private static void assertInOrder(byte[] lesser, byte[] greater) {
        if (Keys.compare(stored(lesser, 0), stored(greater, Long.MAX_VALUE)) >= 0) {
            throw new AssertionError(Arrays.toString(lesser) + " does not sort before " + Arrays.toString(greater));
        }
    }

    private static byte[] randomKey(Chance chance) {
        byte[] key = new byte[chance.below(chance.oneIn(20) ? 300 : 12)];
        for (int i = 0; i < key.length; i++) {
            key[i] = chance.oneIn(2) ? 0 : ALPHABET[chance.below(ALPHABET.length)];
        }
        return key;
    }

    private static byte[] stored(byte[] key, long timestamp) {
        byte[] out = new byte[VersionedKey.bound(key.length)];
        int prefix = VersionedKey.encode(key, 0, key.length, out, 0);
        return Arrays.copyOf(out, VersionedKey.putTimestamp(out, prefix, timestamp));
    }
}
