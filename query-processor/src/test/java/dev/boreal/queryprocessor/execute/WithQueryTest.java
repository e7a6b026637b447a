package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.TableFunction;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WithQueryTest {
    private static final SqlType[] INT4 = {TypeRegistry.INT4};
    private static final Scalar PLUS_ONE = (row, _) -> row[0] instanceof Integer n ? n + 1 : null;
    private static final TableFunction SERIES = (_, arguments) -> {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 1; arguments[0] instanceof Integer last && i <= last; i++) {
            rows.add(new Object[] {i});
        }
        return rows.iterator();
    };

    private static TableFunctionScan.Call series(Scalar last) {
        return new TableFunctionScan.Call(SERIES, true, new Scalar[] {last}, 1);
    }

    @Test
    void severalScansReadOneRunOfADefinition() {
        GivenRows rows = GivenRows.of(new Object[] {1}, new Object[] {2});
        CteScan scan = new CteScan(0, rows, "t");
        NestedLoopJoin selfJoin = new NestedLoopJoin(
                scan, new CteScan(0, rows, "t"), JoinType.INNER, Expressions.equal(0, 1), "", 1, 1, -1);

        assertThat(new OperatorRun().rows(selfJoin)).containsExactly(List.of(1, 1), List.of(2, 2));
        assertThat(rows.opened()).isEqualTo(1);
        assertThat(rows.given()).isEqualTo(2);
        assertThat(rows.open()).isZero();
    }

    @Test
    void aDefinitionRunsOnlyAsFarAsItIsRead() {
        GivenRows rows = GivenRows.of(new Object[] {1}, new Object[] {2}, new Object[] {3});
        Operator limited = new LimitOperator(new CteScan(0, rows, "t"), Expressions.constant(1), null, List.of());

        assertThat(new OperatorRun().rows(limited)).containsExactly(List.of(1));
        assertThat(rows.given()).isEqualTo(1);
        assertThat(rows.open()).isZero();
    }

    @Test
    void aQueryOpenedAgainRunsItsDefinitionsAgain() {
        GivenRows left = GivenRows.of(new Object[] {1}, new Object[] {2});
        Operator definition = new ProjectOperator(ValuesOperator.ONE_ROW, new Scalar[] {Expressions.outer(3, 0)});
        Operator query = new WithOperator(new int[] {0}, new CteScan(0, definition, "t"));
        NestedLoopJoin lateral = new NestedLoopJoin(left, query, JoinType.INNER, null, "", 1, 1, 3);

        assertThat(new OperatorRun().rows(lateral)).containsExactly(List.of(1, 1), List.of(2, 2));
    }

    private static Operator counting(boolean distinct, Operator recursive) {
        return new RecursiveUnion(1, GivenRows.of(new Object[] {1}, new Object[] {1}), recursive, distinct, INT4);
    }

    @Test
    void recursionEndsWhenARoundGivesNothingNew() {
        Operator upToFive =
                new FilterOperator(new WorkingTableScan(1), (row, _) -> row[0] instanceof Integer n && n < 3, "");
        Operator next = new ProjectOperator(upToFive, new Scalar[] {PLUS_ONE});
        assertThat(new OperatorRun().rows(counting(false, next)))
                .containsExactly(List.of(1), List.of(1), List.of(2), List.of(2), List.of(3), List.of(3));
        assertThat(new OperatorRun().rows(counting(true, next))).containsExactly(List.of(1), List.of(2), List.of(3));

        Operator cycle = new ProjectOperator(new WorkingTableScan(1), new Scalar[] {
            (row, _) -> row[0] instanceof Integer n ? (n + 1) % 4 : null
        });
        assertThat(new OperatorRun().rows(counting(true, cycle)))
                .containsExactly(List.of(1), List.of(2), List.of(3), List.of(0));
    }

    @Test
    void endlessRecursionCanBeReadInPartAndCancelled() {
        Operator endless = counting(false, new ProjectOperator(new WorkingTableScan(1), new Scalar[] {PLUS_ONE}));
        Operator limited = new LimitOperator(new CteScan(0, endless, "t"), Expressions.constant(5), null, List.of());

        assertThat(new OperatorRun().rows(limited)).hasSize(5);
        assertThatThrownBy(() -> new OperatorRun().cancelledAfter(1000).rows(endless))
                .hasMessageContaining("57014");
    }

    @Test
    void materializeReadsItsInputToTheEndFirst() {
        GivenRows rows = GivenRows.of(new Object[] {1}, new Object[] {2}, new Object[] {3});
        Execution execution = new OperatorRun().execution();
        try (Operator.Cursor cursor = execution.open(new MaterializeOperator(rows))) {
            assertThat(cursor.next()).containsExactly(1);
            assertThat(rows.given()).isEqualTo(3);
            assertThat(rows.open()).isZero();
        }
    }

    @Test
    void functionsSideBySideAreFilledUpAndNumbered() {
        TableFunctionScan scan = new TableFunctionScan(
                List.of(
                        series(Expressions.constant(1)),
                        series(Expressions.constant(3)),
                        series(Expressions.constant(null))),
                true);

        assertThat(new OperatorRun().rows(scan))
                .containsExactly(
                        Arrays.asList(1, 1, null, 1L),
                        Arrays.asList(null, 2, null, 2L),
                        Arrays.asList(null, 3, null, 3L));
    }

    @Test
    void setsInASelectListRunInStep() {
        GivenRows rows = GivenRows.of(new Object[] {2}, new Object[] {0}, new Object[] {null}, new Object[] {1});
        ProjectSetOperator project = new ProjectSetOperator(
                rows,
                List.of(
                        new ProjectSetOperator.Value(Expressions.column(0)),
                        new ProjectSetOperator.Set(series(Expressions.column(0))),
                        new ProjectSetOperator.Set(series(PLUS_ONE))));

        assertThat(new OperatorRun().rows(project))
                .containsExactly(
                        Arrays.asList(2, 1, 1),
                        Arrays.asList(2, 2, 2),
                        Arrays.asList(2, null, 3),
                        Arrays.asList(0, null, 1),
                        Arrays.asList(1, 1, 1),
                        Arrays.asList(1, null, 2));
    }
}
