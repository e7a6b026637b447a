package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubqueryTest {
    private static final SqlType[] INT4 = {TypeRegistry.INT4};
    private static final SqlType[] PAIR = {TypeRegistry.INT4, TypeRegistry.TEXT};

    private static @Nullable Object evaluate(Scalar scalar, @Nullable Object... row) {
        try (Execution execution = new OperatorRun().execution()) {
            return scalar.evaluate(row, execution);
        }
    }

    /** What {@code values IN rows} is, from three-valued AND and OR. */
    private static @Nullable Boolean in(@Nullable Object[] values, List<@Nullable Object[]> rows) {
        boolean unknown = false;
        for (@Nullable Object[] row : rows) {
            boolean differs = false;
            boolean uncertain = false;
            for (int i = 0; i < values.length; i++) {
                Object a = values[i];
                Object b = row[i];
                uncertain |= a == null || b == null;
                differs |= a != null && b != null && !a.equals(b);
            }
            if (!differs && !uncertain) {
                return true;
            }
            unknown |= !differs;
        }
        return unknown ? null : (Boolean) false;
    }

    @Test
    void inHasThreeValuesCachedOrNot() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            GivenRows rows = GivenRows.random(random, random.nextInt(5));
            GivenRows probe = GivenRows.random(random, 1);
            @Nullable Object[] row = probe.rows().getFirst();
            for (int width = 1; width <= 2; width++) {
                int[] columns = width == 1 ? new int[] {0} : new int[] {0, 1};
                Scalar[] left = Expressions.columns(columns);
                Operator plan = new ProjectOperator(rows, Expressions.columns(columns));
                SqlType[] types = width == 1 ? INT4 : PAIR;
                Boolean expected = in(Arrays.copyOf(row, width), rows.rows());
                Object negated = expected == null ? null : (Object) !expected;

                assertThat(evaluate(new InSubquery(left, types, plan, false, -1, 0), row))
                        .isEqualTo(expected);
                assertThat(evaluate(new InSubquery(left, types, plan, true, -1, 0), row))
                        .isEqualTo(negated);
                assertThat(evaluate(new InSubquery(left, types, plan, false, 3, -1), row))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void quantifiersHaveThreeValues() {
        Scalar less = (row, _) -> row[0] instanceof Integer a && row[1] instanceof Integer b ? (Object) (a < b) : null;
        GivenRows none = GivenRows.of();
        GivenRows oneTwo = GivenRows.of(new Object[] {1}, new Object[] {2});
        GivenRows oneNull = GivenRows.of(new Object[] {1}, new Object[] {null});

        assertThat(evaluate(quantified(less, none, false), 1)).isEqualTo(false);
        assertThat(evaluate(quantified(less, none, true), 1)).isEqualTo(true);
        assertThat(evaluate(quantified(less, oneTwo, false), 1)).isEqualTo(true);
        assertThat(evaluate(quantified(less, oneTwo, true), 1)).isEqualTo(false);
        assertThat(evaluate(quantified(less, oneTwo, true), 0)).isEqualTo(true);
        assertThat(evaluate(quantified(less, oneNull, true), 0)).isNull();
        assertThat(evaluate(quantified(less, oneNull, true), 1)).isEqualTo(false);
        assertThat(evaluate(quantified(less, oneNull, false), 1)).isNull();
        assertThat(evaluate(quantified(less, oneTwo, false), (Object) null)).isNull();
    }

    private static QuantifiedSubquery quantified(Scalar comparison, Operator plan, boolean all) {
        return new QuantifiedSubquery(Expressions.columns(0), comparison, plan, all, -1, 0);
    }

    @Test
    void aScalarSubqueryHasAtMostOneRow() {
        assertThat(evaluate(new ScalarSubquery(GivenRows.of(), -1, 0))).isNull();
        assertThat(evaluate(new ScalarSubquery(GivenRows.of(new Object[] {5}), -1, 0)))
                .isEqualTo(5);
        GivenRows two = GivenRows.of(new Object[] {5}, new Object[] {5});
        assertThatThrownBy(() -> evaluate(new ScalarSubquery(two, -1, 0)))
                .hasMessage("21000: more than one row returned by a subquery used as an expression");
        assertThat(two.open()).isZero();
    }

    @Test
    void runsACachedPlanOncePerExecution() {
        GivenRows rows = GivenRows.of(new Object[] {5});
        Scalar subquery = new ScalarSubquery(rows, -1, 0);
        Scalar exists = new ExistsSubquery(rows, -1, 1);
        Execution execution = new OperatorRun().execution();
        for (int i = 0; i < 3; i++) {
            assertThat(subquery.evaluate(new Object[0], execution)).isEqualTo(5);
            assertThat(exists.evaluate(new Object[0], execution)).isEqualTo(true);
        }

        assertThat(rows.opened()).isEqualTo(2);
        assertThat(evaluate(new ExistsSubquery(GivenRows.of(), -1, 0))).isEqualTo(false);
    }

    @Test
    void aCorrelatedPlanReadsTheCurrentRowAlsoWhenNestedInItself() {
        Execution execution = new OperatorRun().execution();
        Scalar[] depth = new Scalar[1];
        // f(n) = n = 0 ? 0 : n + f(n - 1), each level in the same slot
        Scalar body = (_, e) -> {
            if (!(e.outerRow(2)[0] instanceof Integer n) || n == 0) {
                return 0;
            }
            Object below = depth[0].evaluate(new Object[] {n - 1}, e);
            return below instanceof Integer sum && n.equals(e.outerRow(2)[0]) ? n + sum : null;
        };
        depth[0] = new ScalarSubquery(new ProjectOperator(ValuesOperator.ONE_ROW, new Scalar[] {body}), 2, -1);

        assertThat(depth[0].evaluate(new Object[] {4}, execution)).isEqualTo(10);
        assertThatThrownBy(() -> execution.outerRow(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void arraysHoldTheRowsInOrderAndStackUp() {
        GivenRows rows = GivenRows.of(new Object[] {3}, new Object[] {null}, new Object[] {1});
        assertThat(evaluate(new ArraySubquery(TypeRegistry.INT4, rows, -1, 0))).isEqualTo(SqlArray.of(23, 3, null, 1));
        assertThat(evaluate(new ArraySubquery(TypeRegistry.INT4, GivenRows.of(), -1, 0)))
                .isEqualTo(SqlArray.of(23));

        GivenRows arrays = GivenRows.of(new Object[] {SqlArray.of(23, 1, 2)}, new Object[] {SqlArray.of(23, 3, 4)});
        assertThat(evaluate(new ArraySubquery(TypeRegistry.INT4_ARRAY, arrays, -1, 0)))
                .isEqualTo(new SqlArray(23, new int[] {2, 2}, new int[] {1, 1}, new Object[] {1, 2, 3, 4}));
        GivenRows uneven = GivenRows.of(new Object[] {SqlArray.of(23, 1, 2)}, new Object[] {SqlArray.of(23, 3)});
        assertThatThrownBy(() -> evaluate(new ArraySubquery(TypeRegistry.INT4_ARRAY, uneven, -1, 0)))
                .hasMessage("2202E: cannot accumulate arrays of different dimensionality");
    }

    @Test
    void givesTheBytesOfUncachedRowsBack() {
        Workspace workspace = new Workspace();
        Execution execution = new OperatorRun(workspace).execution();
        GivenRows rows = GivenRows.random(new Random(1), 10);
        List<Scalar> scalars = new ArrayList<>();
        Operator plan = new ProjectOperator(rows, Expressions.columns(0));
        scalars.add(new InSubquery(Expressions.columns(0), INT4, plan, false, 0, -1));
        scalars.add(new QuantifiedSubquery(Expressions.columns(0), Expressions.equal(0, 1), plan, true, 0, -1));
        for (Scalar scalar : scalars) {
            scalar.evaluate(new Object[] {1}, execution);
        }

        assertThat(workspace.usedBytes()).isZero();
        assertThat(rows.open()).isZero();
    }
}
