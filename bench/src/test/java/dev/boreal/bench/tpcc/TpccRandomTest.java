package dev.boreal.bench.tpcc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.bench.tpcc.TpccTransaction.Kind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TpccRandomTest {
    private static final TpccSize SIZE = new TpccSize(3, 200, 50);

    @Test
    void inputsStayInTheLoadedRanges() {
        TpccRandom random = new TpccRandom(7, SIZE);
        Set<String> loaded = new HashSet<>();
        for (int c = 1; c <= SIZE.customers(); c++) {
            loaded.add(random.lastNameOf(c));
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(random.customer()).isBetween(1, SIZE.customers());
            assertThat(random.item()).isBetween(1, SIZE.items());
            assertThat(loaded).contains(random.lastName());
        }
    }

    @Test
    void otherWarehouseIsNeverOnesOwn() {
        TpccRandom random = new TpccRandom(7, SIZE);
        Set<Integer> others = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            others.add(TpccTransaction.otherWarehouse(random, SIZE, 2));
        }
        assertThat(others).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void permutationHasEveryNumberOnce() {
        assertThat(new TpccRandom(7, SIZE).permutation(100))
                .hasSize(100)
                .doesNotHaveDuplicates()
                .contains(1, 100);
    }

    @Test
    void namesAreThoseOfTheSpecification() {
        assertThat(TpccRandom.lastName(371)).isEqualTo("PRICALLYOUGHT");
        assertThat(TpccRandom.lastName(40)).isEqualTo("BARPRESBAR");
    }

    @Test
    void sharesOfTransactionsMakeAHundred() {
        assertThat(Kind.at(0)).isEqualTo(Kind.NEW_ORDER);
        assertThat(Kind.at(44)).isEqualTo(Kind.NEW_ORDER);
        assertThat(Kind.at(45)).isEqualTo(Kind.PAYMENT);
        assertThat(Kind.at(99)).isEqualTo(Kind.STOCK_LEVEL);
    }

    @Test
    void oneInAHundredOrdersNamesAnItemThatDoesNotExist() {
        TpccRandom random = new TpccRandom(7, SIZE);
        int missing = 0;
        for (int i = 0; i < 10_000; i++) {
            NewOrder order = NewOrder.of(random, SIZE, 1);
            missing += order.items()[order.items().length - 1] < 0 ? 1 : 0;
        }
        assertThat(missing).isBetween(60, 140);
    }
}
