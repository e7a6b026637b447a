package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LimitTest {
    private final GivenRows rows = GivenRows.of(
            new Object[] {1}, new Object[] {2}, new Object[] {2}, new Object[] {2}, new Object[] {3}, new Object[] {3});

    private List<List<@Nullable Object>> run(@Nullable Object limit, @Nullable Object offset, boolean ties) {
        List<SortKey> order =
                ties ? List.of(new SortKey(Expressions.column(0), TypeRegistry.INT4, false, false)) : List.of();
        return new OperatorRun()
                .rows(new LimitOperator(rows, Expressions.constant(limit), Expressions.constant(offset), order));
    }

    @Test
    void skipsAndTakes() {
        assertThat(run(2L, 1L, false)).containsExactly(List.of(2), List.of(2));
        assertThat(run(2, null, false)).containsExactly(List.of(1), List.of(2));
        assertThat(run(null, 4L, false)).containsExactly(List.of(3), List.of(3));
        assertThat(run(5L, 7L, false)).isEmpty();
        assertThat(run(null, null, false)).hasSize(6);
        assertThat(rows.open()).isZero();
    }

    @Test
    void doesNotReadForLimitZeroNorBeyondTheLast() {
        assertThat(run(0L, null, false)).isEmpty();
        assertThat(rows.opened()).isZero();
        assertThat(run(1L, null, false)).hasSize(1);
        assertThat(rows.given()).isEqualTo(1);
    }

    @Test
    void givesTiesOfTheLastRow() {
        assertThat(run(2L, null, true)).containsExactly(List.of(1), List.of(2), List.of(2), List.of(2));
        assertThat(run(4L, null, true)).hasSize(4);
        assertThat(run(5L, 1L, true)).hasSize(5);
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> run(-1L, null, false)).hasMessage("2201W: LIMIT must not be negative");
        assertThatThrownBy(() -> run(null, -1L, false)).hasMessage("2201X: OFFSET must not be negative");
    }
}
