package dev.boreal.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    @Test
    void varintsReadBackAtEveryLength() {
        byte[] buffer = new byte[8];
        for (int value : new int[] {0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435456, Integer.MAX_VALUE}) {
            int behind = Varint.put(buffer, 1, value);
            assertThat(behind - 1).isEqualTo(Varint.length(value));
            assertThat(Varint.get(buffer, 1)).isEqualTo(value);
        }
    }

    @Test
    void writeSetReadsBackAsItWasWritten() {
        byte[] large = new byte[300];
        Arrays.fill(large, (byte) 7);
        WriteSet set = new WriteSet.Builder(0)
                .put(new byte[] {1}, large)
                .delete(new byte[] {2, 0})
                .purge(new byte[] {3}, new byte[] {4})
                .build();
        WriteSet.Cursor cursor = set.cursor();
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.kind()).isEqualTo(WriteKind.PUT);
        assertThat(cursor.value()).isEqualTo(large);
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.kind()).isEqualTo(WriteKind.DELETE);
        assertThat(cursor.key()).containsExactly(2, 0);
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.kind()).isEqualTo(WriteKind.PURGE);
        assertThat(cursor.value()).containsExactly(4);
        assertThat(cursor.advance()).isFalse();
    }

    @Test
    void aCutWriteSetIsRefusedAndNeverReadBeyondItsEnd() {
        WriteSet whole = new WriteSet.Builder(0)
                .put(new byte[] {1, 2, 3}, new byte[] {4, 5, 6})
                .build();
        for (int length = 1; length < whole.length(); length++) {
            WriteSet.Cursor cursor = new WriteSet(Arrays.copyOf(whole.buffer(), length), 0, length).cursor();
            assertThatThrownBy(cursor::advance).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void transactionRecordReadsBackAsItWasWritten() {
        WriteSet writes =
                new WriteSet.Builder(0).put(new byte[] {1}, new byte[] {2}).build();
        TransactionRecord record = TransactionRecord.commit(77, "psql ünï", new long[] {5, 6}, writes);
        TransactionRecord read = TransactionRecord.decode(record.bytes());
        assertThat(read).isEqualTo(record);
        assertThat(read.transactionId()).isEqualTo(77);
        assertThat(read.label()).isEqualTo("psql ünï");
        assertThat(read.chunkPositions()).containsExactly(5, 6);
        assertThat(read.writes()).isEqualTo(writes);
        for (int length = 0; length < 20; length++) {
            byte[] cut = Arrays.copyOf(record.bytes(), length);
            assertThatThrownBy(() -> TransactionRecord.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTenureIsARecordOfItsOwnKind() {
        byte[] bytes = TransactionRecord.tenure("adjudicator-b", 1_763_000_000_123_456_789L)
                .bytes();
        assertThat(TransactionRecord.kindOf(bytes)).isEqualTo(TransactionRecord.Kind.TENURE);
        TransactionRecord read = TransactionRecord.decode(bytes);
        assertThat(read.owner()).isEqualTo("adjudicator-b");
        assertThat(read.notAfter()).isEqualTo(1_763_000_000_123_456_789L);
        byte[] commit =
                TransactionRecord.commit(77, "", new long[0], WriteSet.EMPTY).bytes();
        assertThat(TransactionRecord.kindOf(commit)).isEqualTo(TransactionRecord.Kind.COMMIT);
        assertThat(TransactionRecord.transactionIdOf(commit)).isEqualTo(77);
        commit[0] = 9;
        assertThatThrownBy(() -> TransactionRecord.kindOf(commit)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conflictMatrixIsSymmetricAndAsDrawn() {
        for (AccessMode a : AccessMode.values()) {
            for (AccessMode b : AccessMode.values()) {
                assertThat(a.conflictsWith(b)).isEqualTo(b.conflictsWith(a));
            }
        }
        assertThat(AccessMode.WRITE.conflictsWith(AccessMode.KEY_SHARE)).isFalse();
        assertThat(AccessMode.KEY_WRITE.conflictsWith(AccessMode.KEY_SHARE)).isTrue();
        assertThat(AccessMode.WRITE.conflictsWith(AccessMode.READ)).isTrue();
        assertThat(AccessMode.READ.conflictsWith(AccessMode.KEY_SHARE)).isFalse();
        assertThat(AccessMode.KEY_SHARE.conflictsWith(AccessMode.KEY_SHARE)).isFalse();
    }

    @Test
    void rowsWalkForwardsBackwardsAndBeyondTheirEnd() {
        byte[] row = new byte[32];
        int at = RowFormat.putField(row, 0, new byte[] {9, 9}, 0, 2);
        at = RowFormat.putNull(row, at);
        at = RowFormat.putField(row, at, new byte[0], 0, 0);
        RowFormat.Cursor cursor = new RowFormat.Cursor().reset(row, 0, at);
        assertThat(cursor.seek(2)).isZero();
        assertThat(cursor.seek(0)).isEqualTo(2);
        assertThat(cursor.buffer()[cursor.offset()]).isEqualTo((byte) 9);
        assertThat(cursor.seek(1)).isEqualTo(RowFormat.NULL);
        assertThat(cursor.seek(3)).isEqualTo(RowFormat.MISSING);
        assertThat(cursor.seek(0)).isEqualTo(2);
    }

    @Test
    void predicatesAreNotTrueOnNullAndMissingFields() {
        byte[] row = new byte[8];
        int at = RowFormat.putField(row, 0, new byte[] {5}, 0, 1);
        at = RowFormat.putNull(row, at);
        RowFormat.Cursor cursor = new RowFormat.Cursor().reset(row, 0, at);
        byte[] five = {5};
        assertThat(new Predicate.Compare(0, Predicate.Operator.EQUAL, five).test(cursor))
                .isTrue();
        assertThat(new Predicate.Compare(1, Predicate.Operator.NOT_EQUAL, five).test(cursor))
                .isFalse();
        assertThat(new Predicate.Compare(2, Predicate.Operator.NOT_EQUAL, five).test(cursor))
                .isFalse();
        assertThat(new Predicate.IsNull(2).test(cursor)).isTrue();
        assertThat(new Predicate.Or(List.of(new Predicate.IsNotNull(1), new Predicate.IsNotNull(0))).test(cursor))
                .isTrue();
        assertThat(new Predicate.And(List.of(new Predicate.IsNotNull(1), new Predicate.IsNotNull(0))).test(cursor))
                .isFalse();
    }

    @Test
    void batchGivesBackRowsAndProjections() {
        byte[] row = new byte[16];
        int length = RowFormat.putField(row, 0, new byte[] {1, 2, 3}, 0, 3);
        length = RowFormat.putNull(row, length);
        length = RowFormat.putField(row, length, new byte[] {4}, 0, 1);
        RowBatch batch = new RowBatch();
        byte[] key = {8};
        for (int i = 0; i < 1_000; i++) {
            batch.add(key, 0, 1, row, 0, length);
            batch.addProjected(key, 0, 1, new RowFormat.Cursor().reset(row, 0, length), length, new int[] {1, 2, 5});
        }
        assertThat(batch.rows()).isEqualTo(2_000);
        assertThat(batch.value(0)).isEqualTo(Arrays.copyOf(row, length));
        assertThat(batch.key(1_999)).isEqualTo(key);
        assertThat(batch.value(1_999)).containsExactly(0, 2, 4);
    }

    @Test
    void rangesAgreeWithUnsignedByteOrder() {
        KeyRange prefix = KeyRange.ofPrefix(new byte[] {1, (byte) 0xff});
        assertThat(prefix.contains(new byte[] {1, (byte) 0xff, 3})).isTrue();
        assertThat(prefix.contains(new byte[] {2})).isFalse();
        assertThat(KeyRange.ofPrefix(new byte[] {(byte) 0xff}).to()).isEmpty();
        assertThat(KeyRange.ofKey(new byte[] {5}).contains(new byte[] {5})).isTrue();
        assertThat(KeyRange.ofKey(new byte[] {5}).contains(new byte[] {5, 0})).isFalse();
        assertThat(KeyRange.ALL.contains(Keys.EMPTY)).isTrue();
        assertThat(KeyRange.ALL.covers(prefix)).isTrue();
        assertThat(prefix.overlaps(new KeyRange(new byte[] {2}, Keys.EMPTY))).isFalse();
    }

    @Test
    void fingerprintsOfEqualKeysAreEqualAndOthersSpread() {
        SplittableRandom random = new SplittableRandom(1);
        HashSet<Long> seen = new HashSet<>();
        byte[] key = new byte[12];
        for (int i = 0; i < 100_000; i++) {
            key[8] = (byte) (i >>> 24);
            key[9] = (byte) (i >>> 16);
            key[10] = (byte) (i >>> 8);
            key[11] = (byte) i;
            assertThat(seen.add(KeyFingerprint.of(key))).isTrue();
            byte[] shifted = new byte[20];
            int at = random.nextInt(8);
            System.arraycopy(key, 0, shifted, at, key.length);
            if (KeyFingerprint.of(shifted, at, key.length) != KeyFingerprint.of(key)) {
                throw new AssertionError("fingerprint depends on where the key stands");
            }
        }
        assertThat(KeyFingerprint.of(new byte[] {1})).isNotEqualTo(KeyFingerprint.of(new byte[] {1, 0}));
    }
}
