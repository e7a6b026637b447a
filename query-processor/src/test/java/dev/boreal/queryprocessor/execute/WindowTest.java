package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.WindowFunction;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WindowTest {
    private static final SqlType[] TYPES = {TypeRegistry.INT4, TypeRegistry.TEXT, TypeRegistry.INT8};
    private static final Scalar[] BY_TEXT = Expressions.columns(1);
    private static final SqlType[] TEXT = {TypeRegistry.TEXT};

    /** Order by the number, partitions by the text; aggregates gather the unique third column. */
    private static WindowOperator operator(
            GivenRows rows, boolean descending, boolean nullsFirst, WindowCall... calls) {
        SortKey order = new SortKey(Expressions.column(0), TypeRegistry.INT4, descending, nullsFirst);
        return new WindowOperator(rows, BY_TEXT, TEXT, List.of(order), List.of(calls), TYPES);
    }

    private static WindowCall gather(WindowFrame frame) {
        return WindowCall.aggregate(Expressions.GATHER, false, Expressions.columns(2), null, frame, "gather(x)");
    }

    private static Scalar inRange(WindowFrame.BoundKind kind, boolean start, boolean descending) {
        boolean minus = (kind == WindowFrame.BoundKind.PRECEDING) != descending;
        boolean atLeast = start != descending;
        return (row, _) -> {
            if (!(row[0] instanceof Integer value)
                    || !(row[1] instanceof Integer current)
                    || !(row[2] instanceof Integer offset)) {
                throw new IllegalArgumentException("null in a range comparison");
            }
            int bound = minus ? current - offset : current + offset;
            return atLeast ? value >= bound : value <= bound;
        };
    }

    private static WindowFrame.Bound bound(
            WindowFrame.Mode mode, WindowFrame.BoundKind kind, int offset, boolean start, boolean descending) {
        Scalar amount = Expressions.constant(offset);
        return switch (kind) {
            case UNBOUNDED_PRECEDING, CURRENT_ROW, UNBOUNDED_FOLLOWING -> WindowFrame.Bound.of(kind);
            case PRECEDING, FOLLOWING ->
                mode == WindowFrame.Mode.RANGE
                        ? new WindowFrame.Bound(
                                kind,
                                amount,
                                inRange(kind, start, descending),
                                (row, _) -> row[0] instanceof Integer given && given < 0)
                        : WindowFrame.Bound.of(kind, amount);
        };
    }

    /** Where row {@code i} stands as seen from {@code current}: negative before, 0 the same, positive behind. */
    private static int distance(
            WindowFrame.Mode mode,
            List<List<@Nullable Object>> partition,
            int i,
            int current,
            boolean nullsFirst,
            boolean descending) {
        return switch (mode) {
            case ROWS -> i - current;
            case GROUPS -> {
                int groups = 0;
                for (int k = Math.min(i, current); k < Math.max(i, current); k++) {
                    groups += Objects.equals(
                                    partition.get(k).get(0),
                                    partition.get(k + 1).get(0))
                            ? 0
                            : 1;
                }
                yield i < current ? -groups : groups;
            }
            case RANGE -> {
                Object a = partition.get(i).get(0);
                Object b = partition.get(current).get(0);
                if (a instanceof Integer value && b instanceof Integer seen) {
                    yield descending ? seen - value : value - seen;
                }
                yield a == null && b == null ? 0 : (a == null) == nullsFirst ? -1000 : 1000;
            }
        };
    }

    private static boolean afterStart(WindowFrame.Bound bound, int distance, int offset) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> true;
            case PRECEDING -> distance >= -offset;
            case CURRENT_ROW -> distance >= 0;
            case FOLLOWING -> distance >= offset;
            case UNBOUNDED_FOLLOWING -> false;
        };
    }

    private static boolean beforeEnd(WindowFrame.Bound bound, int distance, int offset) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> false;
            case PRECEDING -> distance <= -offset;
            case CURRENT_ROW -> distance <= 0;
            case FOLLOWING -> distance <= offset;
            case UNBOUNDED_FOLLOWING -> true;
        };
    }

    private static boolean excluded(
            WindowFrame.Exclusion exclusion, List<List<@Nullable Object>> partition, int i, int current) {
        boolean peer =
                Objects.equals(partition.get(i).get(0), partition.get(current).get(0));
        return switch (exclusion) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> i == current;
            case GROUP -> peer;
            case TIES -> peer && i != current;
        };
    }

    @ParameterizedTest
    @EnumSource(WindowFrame.Mode.class)
    void aggregatesTheRowsOfEveryKindOfFrame(WindowFrame.Mode mode) {
        Random random = new Random(mode.ordinal());
        for (int round = 0; round < 300; round++) {
            GivenRows rows = GivenRows.random(random, random.nextInt(40));
            boolean descending = random.nextBoolean();
            boolean nullsFirst = random.nextBoolean();
            int startOffset = random.nextInt(4);
            int endOffset = random.nextInt(4);
            WindowFrame.BoundKind[] kinds = WindowFrame.BoundKind.values();
            WindowFrame.BoundKind startKind = kinds[random.nextInt(kinds.length - 1)];
            WindowFrame.BoundKind endKind = kinds[1 + random.nextInt(kinds.length - 1)];
            WindowFrame.Exclusion exclusion = WindowFrame.Exclusion.values()[random.nextInt(4)];
            WindowFrame frame = new WindowFrame(
                    mode,
                    bound(mode, startKind, startOffset, true, descending),
                    bound(mode, endKind, endOffset, false, descending),
                    exclusion);
            List<List<@Nullable Object>> result =
                    new OperatorRun().rows(operator(rows, descending, nullsFirst, gather(frame)));

            assertThat(result).hasSize(rows.rows().size());
            for (List<List<@Nullable Object>> partition : partitions(result)) {
                for (int current = 0; current < partition.size(); current++) {
                    List<@Nullable Object> expected = new ArrayList<>();
                    for (int i = 0; i < partition.size(); i++) {
                        int distance = distance(mode, partition, i, current, nullsFirst, descending);
                        boolean valueless = mode == WindowFrame.Mode.RANGE
                                && partition.get(current).get(0) == null;
                        if (afterStart(frame.start(), distance, valueless ? 0 : startOffset)
                                && beforeEnd(frame.end(), distance, valueless ? 0 : endOffset)
                                && !excluded(exclusion, partition, i, current)) {
                            expected.add(partition.get(i).get(2));
                        }
                    }
                    assertThat(partition.get(current).get(3))
                            .as("%s of %s in %s", frame, current, partition)
                            .isEqualTo(expected.toString());
                }
            }
            assertThat(rows.open()).isZero();
        }
    }

    private static List<List<List<@Nullable Object>>> partitions(List<List<@Nullable Object>> rows) {
        List<List<List<@Nullable Object>>> partitions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i == 0 || !Objects.equals(rows.get(i).get(1), rows.get(i - 1).get(1))) {
                partitions.add(new ArrayList<>());
            }
            partitions.getLast().add(rows.get(i));
        }
        return partitions;
    }

    @Test
    void ordersRowsByPartitionAndThenByTheWindowsOrder() {
        GivenRows rows = GivenRows.random(new Random(4), 200);
        List<List<@Nullable Object>> result = new OperatorRun().rows(operator(rows, false, true));
        Comparator<List<@Nullable Object>> order = Comparator.comparing(
                        (List<@Nullable Object> row) -> (String) row.get(1),
                        Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(row -> (Integer) row.get(0), Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(row -> (Long) row.get(2), Comparator.nullsFirst(Comparator.naturalOrder()));

        assertThat(result).isSortedAccordingTo(order).hasSize(200);
    }

    @Test
    void showsWindowFunctionsTheirPartitionPeersAndArguments() {
        WindowFunction show = () -> (_, window) -> window.currentRow() + "/" + window.size() + " peers "
                + window.peerStart() + "-" + window.peerEnd() + " frame " + window.frameStart() + "-"
                + window.frameEnd() + " argument " + window.argument(0, 0) + " of " + window.argumentCount();
        GivenRows rows = GivenRows.of(
                new Object[] {2, "a", 10L}, new Object[] {1, "a", 11L}, new Object[] {2, "a", 12L}, new Object[] {
                    1, "b", 13L
                });
        WindowCall call = WindowCall.function(show, Expressions.columns(2), WindowFrame.DEFAULT, "show(x)");

        assertThat(new OperatorRun().rows(operator(rows, false, false, call)))
                .containsExactly(
                        List.of(1, "a", 11L, "0/3 peers 0-1 frame 0-1 argument 11 of 1"),
                        List.of(2, "a", 10L, "1/3 peers 1-3 frame 0-3 argument 11 of 1"),
                        List.of(2, "a", 12L, "2/3 peers 1-3 frame 0-3 argument 11 of 1"),
                        List.of(1, "b", 13L, "0/1 peers 0-1 frame 0-1 argument 13 of 1"));
    }

    @Test
    void refusesNullAndNegativeOffsets() {
        GivenRows rows = GivenRows.of(new Object[] {2, "a", 10L});
        for (WindowFrame.Mode mode : WindowFrame.Mode.values()) {
            WindowFrame.Bound negative = bound(mode, WindowFrame.BoundKind.PRECEDING, -1, true, false);
            WindowFrame.Bound end = WindowFrame.Bound.of(WindowFrame.BoundKind.CURRENT_ROW);
            WindowFrame frame = new WindowFrame(mode, negative, end, WindowFrame.Exclusion.NO_OTHERS);
            assertThatThrownBy(() -> new OperatorRun().rows(operator(rows, false, false, gather(frame))))
                    .hasMessageContaining("22013");
        }
        WindowFrame absent = new WindowFrame(
                WindowFrame.Mode.ROWS,
                WindowFrame.Bound.of(WindowFrame.BoundKind.PRECEDING, Expressions.constant(null)),
                WindowFrame.Bound.of(WindowFrame.BoundKind.CURRENT_ROW),
                WindowFrame.Exclusion.NO_OTHERS);
        assertThatThrownBy(() -> new OperatorRun().rows(operator(rows, false, false, gather(absent))))
                .hasMessage("22004: frame starting offset must not be null");
    }
}
