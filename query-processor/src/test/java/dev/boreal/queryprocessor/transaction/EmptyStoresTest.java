package dev.boreal.queryprocessor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EmptyStoresTest {
    private final EmptyStores stores = new EmptyStores();

    private static byte[] key(int store, int row) {
        return ByteBuffer.allocate(8).putInt(store).putInt(row).array();
    }

    private boolean missMany(int store) {
        boolean asked = false;
        for (int row = 0; row < EmptyStores.MISSES; row++) {
            assertThat(asked).isFalse();
            asked = stores.missed(key(store, row));
        }
        return asked;
    }

    @Test
    void asksOnceAfterManyMisses() {
        assertThat(missMany(1000)).isTrue();
        stores.decide(key(1000, 5), false);
        for (int row = 0; row < 1000; row++) {
            assertThat(stores.missed(key(1000, row))).isFalse();
        }
        assertThat(stores.contains(key(1000, 7))).isFalse();
    }

    @Test
    void knowsEmptyStoresApart() {
        for (int store = 1000; store < 1010; store++) {
            assertThat(missMany(store)).isTrue();
            stores.decide(key(store, 0), store % 2 == 0);
        }
        assertThat(stores.contains(key(1004, 77))).isTrue();
        assertThat(stores.contains(key(1005, 77))).isFalse();
        assertThat(stores.contains(key(999, 77))).isFalse();
    }
}
