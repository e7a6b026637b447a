package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SetOperationTest {
    private static final SqlType[] TYPES = {TypeRegistry.INT4, TypeRegistry.TEXT};
    private static final Scalar[] BOTH = Expressions.columns(0, 1);

    private static List<List<@Nullable Object>> lists(GivenRows rows) {
        List<List<@Nullable Object>> lists = new ArrayList<>();
        for (@Nullable Object[] row : rows.rows()) {
            lists.add(Arrays.asList(row[0], row[1]));
        }
        return lists;
    }

    /** How often each row is in the result, by the standard's definition. */
    private static Map<List<@Nullable Object>, Long> model(
            SetOperation.Kind kind, boolean all, GivenRows left, GivenRows right) {
        Map<List<@Nullable Object>, Long> l = counts(lists(left));
        Map<List<@Nullable Object>, Long> r = counts(lists(right));
        Map<List<@Nullable Object>, Long> result = new HashMap<>();
        for (List<@Nullable Object> row : both(l, r)) {
            long m = l.getOrDefault(row, 0L);
            long n = r.getOrDefault(row, 0L);
            long count = switch (kind) {
                case UNION -> all ? m + n : 1;
                case INTERSECT -> all ? Math.min(m, n) : Math.min(1, Math.min(m, n));
                case EXCEPT -> all ? Math.max(m - n, 0) : m > 0 && n == 0 ? 1 : 0;
            };
            if (count > 0) {
                result.put(row, count);
            }
        }
        return result;
    }

    private static Set<List<@Nullable Object>> both(
            Map<List<@Nullable Object>, Long> l, Map<List<@Nullable Object>, Long> r) {
        Set<List<@Nullable Object>> keys = new LinkedHashSet<>(l.keySet());
        keys.addAll(r.keySet());
        return keys;
    }

    private static Map<List<@Nullable Object>, Long> counts(List<List<@Nullable Object>> rows) {
        Map<List<@Nullable Object>, Long> counts = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            counts.merge(row, 1L, Long::sum);
        }
        return counts;
    }

    @ParameterizedTest
    @EnumSource(SetOperation.Kind.class)
    void countsRowsAsTheStandardDefines(SetOperation.Kind kind) {
        Random random = new Random(kind.name().hashCode());
        for (int round = 0; round < 100; round++) {
            boolean all = random.nextBoolean();
            GivenRows left = GivenRows.random(random, random.nextInt(60));
            GivenRows right = GivenRows.random(random, random.nextInt(60));
            Operator operation = new SetOperation(
                    kind, all, new ProjectOperator(left, BOTH), new ProjectOperator(right, BOTH), TYPES);

            assertThat(counts(new OperatorRun().rows(operation))).isEqualTo(model(kind, all, left, right));
            assertThat(left.open() + right.open()).isZero();
        }
    }

    @Test
    void distinctGivesTheFirstOfEqualRows() {
        Random random = new Random(5);
        GivenRows rows = GivenRows.random(random, 2000);

        assertThat(new OperatorRun().rows(new DistinctOperator(new ProjectOperator(rows, BOTH), TYPES)))
                .isEqualTo(new ArrayList<>(new LinkedHashSet<>(lists(rows))));
    }

    @Test
    void distinctTellsManyKeysApart() {
        List<@Nullable Object[]> many = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            many.add(new Object[] {i % 20_000, "x"});
        }

        assertThat(new OperatorRun().rows(new DistinctOperator(new GivenRows(many), TYPES)))
                .hasSize(20_000);
    }

    @Test
    void distinctOnGivesTheFirstOfEachRun() {
        GivenRows rows = GivenRows.of(
                new Object[] {null, 1}, new Object[] {null, 2}, new Object[] {3, 3}, new Object[] {3, 4}, new Object[] {
                    4, 5
                });

        assertThat(new OperatorRun()
                        .rows(new DistinctOnOperator(rows, Expressions.columns(0), new SqlType[] {TypeRegistry.INT4})))
                .containsExactly(Arrays.asList(null, 1), Arrays.asList(3, 3), Arrays.asList(4, 5));
    }
}
