package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AggregateTest {
    private static final SqlType[] KEY_TYPES = {TypeRegistry.INT4, TypeRegistry.TEXT};
    private static final Scalar[] KEYS = Expressions.columns(0, 1);
    private static final SqlType[] TEXT = {TypeRegistry.TEXT};
    private static final SqlType[] INT8 = {TypeRegistry.INT8};
    private static final Scalar EVEN = (row, _) -> (long) row[2] % 2 == 0;

    private static AggregateCall gather(
            boolean strict, int column, SqlType[] types, boolean distinct, SortKey... order) {
        return new AggregateCall(
                Expressions.GATHER,
                strict,
                Expressions.columns(column),
                types,
                distinct,
                null,
                List.of(order),
                "gather(x)");
    }

    private static AggregateCall count(@Nullable Scalar filter) {
        return new AggregateCall(
                Expressions.COUNT, false, new Scalar[0], new SqlType[0], false, filter, List.of(), "count(*)");
    }

    /** The input's rows by the values of the columns, first seen first. */
    private static Map<List<@Nullable Object>, List<@Nullable Object[]>> groups(GivenRows rows, int... columns) {
        Map<List<@Nullable Object>, List<@Nullable Object[]>> groups = new LinkedHashMap<>();
        for (@Nullable Object[] row : rows.rows()) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int column : columns) {
                key.add(row[column]);
            }
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    private static List<@Nullable Object> column(List<@Nullable Object[]> rows, int column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            values.add(row[column]);
        }
        return values;
    }

    @Test
    void groupsAndAggregatesAsTheDefinition() {
        Random random = new Random(1);
        Comparator<@Nullable Object> text =
                Comparator.comparing(value -> (String) value, Comparator.nullsLast(Comparator.naturalOrder()));
        for (int round = 0; round < 30; round++) {
            GivenRows rows = GivenRows.random(random, random.nextInt(200));
            AggregateOperator aggregate = new AggregateOperator(
                    rows,
                    KEYS,
                    KEY_TYPES,
                    List.of(new int[] {0}),
                    List.of(
                            count(null),
                            count(EVEN),
                            gather(false, 1, TEXT, false),
                            gather(true, 1, TEXT, false),
                            gather(false, 1, TEXT, true),
                            gather(
                                    false,
                                    2,
                                    INT8,
                                    false,
                                    new SortKey(Expressions.column(2), TypeRegistry.INT8, true, false))),
                    false);
            List<List<@Nullable Object>> expected = new ArrayList<>();
            groups(rows, 0).forEach((key, group) -> {
                List<@Nullable Object> texts = column(group, 1);
                List<@Nullable Object> present = new ArrayList<>(texts);
                present.removeIf(value -> value == null);
                List<@Nullable Object> distinct = new ArrayList<>(new LinkedHashSet<>(texts));
                distinct.sort(text);
                List<@Nullable Object> numbers = column(group, 2);
                expected.add(Arrays.asList(
                        key.get(0),
                        null,
                        (long) group.size(),
                        numbers.stream()
                                .filter(n -> n instanceof Long l && l % 2 == 0)
                                .count(),
                        texts.toString(),
                        present.toString(),
                        distinct.toString(),
                        numbers.reversed().toString()));
            });
            Workspace workspace = new Workspace(1 << 20, 64 << 20, Path.of("."));

            assertThat(new OperatorRun(workspace).rows(aggregate)).isEqualTo(expected);
            assertThat(workspace.usedBytes()).isZero();
            assertThat(rows.open()).isZero();
        }
    }

    @Test
    void groupsBySeveralSetsAndSaysWhichKeysAreAbsent() {
        GivenRows rows = GivenRows.random(new Random(2), 100);
        AggregateOperator aggregate = new AggregateOperator(
                rows,
                KEYS,
                KEY_TYPES,
                List.of(new int[] {0, 1}, new int[] {1}, new int[0]),
                List.of(count(null)),
                false);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        groups(rows, 0, 1)
                .forEach((key, group) -> expected.add(Arrays.asList(key.get(0), key.get(1), (long) group.size(), 0)));
        groups(rows, 1).forEach((key, group) -> expected.add(Arrays.asList(null, key.get(0), (long) group.size(), 1)));
        expected.add(Arrays.asList(null, null, 100L, 3));

        assertThat(new OperatorRun().rows(aggregate)).isEqualTo(expected);
    }

    @Test
    void givesOneRowForNoRowsOnlyWithoutKeys() {
        List<AggregateCall> calls = List.of(count(null), gather(false, 0, TEXT, true));
        Scalar[] none = new Scalar[0];
        GivenRows empty = GivenRows.of();

        assertThat(new OperatorRun()
                        .rows(new AggregateOperator(empty, none, new SqlType[0], List.of(new int[0]), calls, true)))
                .containsExactly(List.of(0L, "[]"));
        assertThat(new OperatorRun()
                        .rows(new AggregateOperator(empty, KEYS, KEY_TYPES, List.of(new int[] {0, 1}), calls, false)))
                .isEmpty();
        assertThat(new OperatorRun()
                        .rows(new AggregateOperator(
                                empty, KEYS, KEY_TYPES, List.of(new int[] {0}, new int[0]), calls, false)))
                .containsExactly(Arrays.asList(null, null, 0L, "[]", 3));
    }

    @Test
    void endsWithAnErrorWhenGroupsOutgrowTheWorkspace() {
        Workspace workspace = new Workspace(1 << 20, 50_000, Path.of("."));
        GivenRows rows = GivenRows.random(new Random(2), 5000);
        AggregateOperator byNumber = new AggregateOperator(
                rows, Expressions.columns(2), INT8, List.of(new int[] {0}), List.of(count(null)), false);

        assertThatThrownBy(() -> new OperatorRun(workspace).rows(byNumber)).hasMessageContaining("53200");
        assertThat(workspace.usedBytes()).isZero();
    }

    @Test
    void endsWhenTheStatementIsCancelled() {
        GivenRows rows = GivenRows.random(new Random(2), 10_000);
        AggregateOperator aggregate =
                new AggregateOperator(rows, KEYS, KEY_TYPES, List.of(new int[] {0}), List.of(count(null)), false);

        assertThatThrownBy(() -> new OperatorRun().cancelledAfter(2).rows(aggregate))
                .hasMessageContaining("57014");
        assertThat(rows.open()).isZero();
    }
}
