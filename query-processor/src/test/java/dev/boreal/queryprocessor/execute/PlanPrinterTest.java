package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanPrinterTest {
    private static final SqlType[] INT4 = {TypeRegistry.INT4};
    private static final Scalar[] KEY = Expressions.columns(0);
    private final GivenRows left = GivenRows.of(new Object[] {1}, new Object[] {2});
    private final GivenRows right = GivenRows.of(new Object[] {2}, new Object[] {3}, new Object[] {4});
    private final Operator plan = new LimitOperator(
            new HashJoin(
                    left,
                    new FilterOperator(right, Expressions.constant(true), "(\"b\" > 0)"),
                    JoinType.LEFT,
                    KEY,
                    KEY,
                    INT4,
                    null,
                    "(a = b)",
                    1,
                    1,
                    false),
            null,
            null,
            List.of());

    @Test
    void indentsAsPostgres() {
        assertThat(new PlanPrinter(null, false).text(plan, null)).containsExactly("""
                Limit
                  ->  Hash Left Join
                        Hash Cond: (a = b)
                        ->  Given Rows on t
                        ->  Filter
                              Filter: ("b" > 0)
                              ->  Given Rows on t""".split("\n"));
    }

    @Test
    void showsWhatWasMeasured() {
        long[] now = {0};
        Profile profile = new Profile(() -> now[0] += 1000, null);
        try (Execution execution = new OperatorRun().execution()) {
            execution.measure(profile);
            OperatorRun.rows(plan, execution);
        }

        assertThat(new PlanPrinter(profile, false).text(plan, new PlanPrinter.Times(1_500_000, 2_000_000)))
                .containsExactly("""
                Limit (actual rows=2 loops=1)
                  ->  Hash Left Join (actual rows=2 loops=1)
                        Hash Cond: (a = b)
                        ->  Given Rows on t (actual rows=2 loops=1)
                        ->  Filter (actual rows=3 loops=1)
                              Filter: ("b" > 0)
                              ->  Given Rows on t (actual rows=3 loops=1)
                Planning Time: 1.500 ms
                Execution Time: 2.000 ms""".split("\n"));
        assertThat(new PlanPrinter(profile, true).text(left, null))
                .containsExactly("Given Rows on t (actual time=0.002..0.004 rows=2 loops=1)");
        assertThat(new PlanPrinter(new Profile(() -> 0, null), true).text(left, null))
                .containsExactly("Given Rows on t (never executed)");
    }

    @Test
    void putsAnnotationsAndSubplansBelowTheirNode() {
        Operator annotated = new AnnotatedOperator(
                new SortOperator(new MaterializeOperator(left), List.of(), null, INT4),
                List.of(new AnnotatedOperator.Property("Sort Key", "a DESC")),
                List.of(new AnnotatedOperator.Subplan("SubPlan 1", plan)));

        assertThat(new PlanPrinter(null, false).text(annotated, null)).containsExactly("""
                Sort
                  Sort Key: a DESC
                  SubPlan 1
                    ->  Limit
                          ->  Hash Left Join
                                Hash Cond: (a = b)
                                ->  Given Rows on t
                                ->  Filter
                                      Filter: ("b" > 0)
                                      ->  Given Rows on t
                  ->  Materialize""".split("\n"));
        assertThat(new OperatorRun().rows(annotated)).hasSize(2);
    }

    @Test
    void writesJson() {
        assertThat(new PlanPrinter(null, false).json(plan, null)).isEqualTo("""
                [
                  {
                    "Plan": {
                      "Node Type": "Limit",
                      "Plans": [
                        {
                          "Node Type": "Hash Left Join",
                          "Hash Cond": "(a = b)",
                          "Plans": [
                            {
                              "Node Type": "Given Rows",
                              "Relation Name": "t"
                            },
                            {
                              "Node Type": "Filter",
                              "Filter": "(\\"b\\" > 0)",
                              "Plans": [
                                {
                                  "Node Type": "Given Rows",
                                  "Relation Name": "t"
                                }
                              ]
                            }
                          ]
                        }
                      ]
                    }
                  }
                ]""");
    }
}
