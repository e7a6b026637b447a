package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JoinTest {
    private static final SqlType[] ONE_KEY = {TypeRegistry.INT4};
    private static final SqlType[] TWO_KEYS = {TypeRegistry.INT4, TypeRegistry.TEXT};
    private static final int COLUMNS = 3;
    /** Over a left row and a right row: not both counted alike modulo 3. */
    private static final Scalar RESIDUAL = (row, _) -> (long) row[2] % 3 != (long) row[5] % 3;

    /** What a join is by definition. */
    private static List<List<@Nullable Object>> model(
            GivenRows left, GivenRows right, JoinType type, Scalar condition, Execution execution) {
        List<List<@Nullable Object>> result = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.rows().size()];
        for (@Nullable Object[] l : left.rows()) {
            int matches = 0;
            for (int i = 0; i < rightMatched.length; i++) {
                @Nullable Object[] both = Rows.concatenate(l, right.rows().get(i));
                if (Boolean.TRUE.equals(condition.evaluate(both, execution))) {
                    matches++;
                    rightMatched[i] = true;
                    if (!type.leftOnly()) {
                        result.add(Arrays.asList(both));
                    }
                }
            }
            if (matches == 0 && (type == JoinType.LEFT || type == JoinType.FULL)) {
                result.add(Arrays.asList(Rows.concatenate(l, new Object[COLUMNS])));
            }
            if (type == JoinType.SEMI ? matches > 0 : type == JoinType.ANTI && matches == 0) {
                result.add(Arrays.asList(l));
            }
        }
        for (int i = 0; i < rightMatched.length; i++) {
            if (!rightMatched[i] && (type == JoinType.RIGHT || type == JoinType.FULL)) {
                result.add(Arrays.asList(
                        Rows.concatenate(new Object[COLUMNS], right.rows().get(i))));
            }
        }
        return result;
    }

    private static Scalar both(Scalar a, Scalar b) {
        return (row, execution) -> a.isTrue(row, execution) && b.isTrue(row, execution);
    }

    @ParameterizedTest
    @EnumSource(JoinType.class)
    void equalsTheDefinitionWhateverTheAlgorithm(JoinType type) {
        Random random = new Random(type.name().hashCode());
        for (int round = 0; round < 40; round++) {
            GivenRows left = GivenRows.random(random, random.nextInt(30));
            GivenRows right = GivenRows.random(random, random.nextInt(30));
            OperatorRun run = new OperatorRun();
            Scalar one = Expressions.equal(0, COLUMNS);
            Scalar two = both(one, Expressions.equal(1, COLUMNS + 1));
            Scalar twoAndResidual = both(two, RESIDUAL);
            Execution execution = run.execution();

            assertThat(run.rows(hash(left, right, type, 1, null))).isEqualTo(model(left, right, type, one, execution));
            assertThat(run.rows(hash(left, right, type, 2, null))).isEqualTo(model(left, right, type, two, execution));
            assertThat(run.rows(hash(left, right, type, 2, RESIDUAL)))
                    .isEqualTo(model(left, right, type, twoAndResidual, execution));
            assertThat(run.rows(new NestedLoopJoin(left, right, type, two, "", COLUMNS, COLUMNS, -1)))
                    .isEqualTo(model(left, right, type, two, execution));
            if (type != JoinType.RIGHT && type != JoinType.FULL) {
                Scalar correlated = (row, e) -> Objects.equals(e.outerRow(2)[0], row[0]) && row[0] != null;
                FilterOperator lookup = new FilterOperator(right, correlated, "");
                assertThat(run.rows(new NestedLoopJoin(left, lookup, type, null, "", COLUMNS, COLUMNS, 2)))
                        .isEqualTo(model(left, right, type, one, execution));
            }
            assertThat(left.open() + right.open()).isZero();
        }
    }

    private static HashJoin hash(GivenRows left, GivenRows right, JoinType type, int keys, @Nullable Scalar residual) {
        Scalar[] columns = keys == 1 ? Expressions.columns(0) : Expressions.columns(0, 1);
        SqlType[] types = keys == 1 ? ONE_KEY : TWO_KEYS;
        return new HashJoin(left, right, type, columns, columns, types, residual, "", COLUMNS, COLUMNS, false);
    }

    @Test
    void notInGivesOnlyRowsThatCertainlyDifferFromAll() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            GivenRows left = GivenRows.random(random, random.nextInt(12));
            GivenRows right = GivenRows.random(random, random.nextInt(4));
            for (int keys = 1; keys <= 2; keys++) {
                for (Scalar residual : Arrays.<@Nullable Scalar>asList(null, RESIDUAL)) {
                    Scalar[] columns = keys == 1 ? Expressions.columns(0) : Expressions.columns(0, 1);
                    SqlType[] types = keys == 1 ? ONE_KEY : TWO_KEYS;
                    HashJoin join = new HashJoin(
                            left, right, JoinType.ANTI, columns, columns, types, residual, "", COLUMNS, COLUMNS, true);
                    OperatorRun run = new OperatorRun();

                    assertThat(run.rows(join)).isEqualTo(notIn(left, right, keys, residual, run.execution()));
                }
            }
        }
    }

    private static List<List<@Nullable Object>> notIn(
            GivenRows left, GivenRows right, int keys, @Nullable Scalar residual, Execution execution) {
        List<List<@Nullable Object>> result = new ArrayList<>();
        for (@Nullable Object[] l : left.rows()) {
            boolean certain = true;
            for (@Nullable Object[] r : right.rows()) {
                boolean differs = false;
                for (int i = 0; i < keys; i++) {
                    Object a = l[i];
                    Object b = r[i];
                    differs |= a != null && b != null && !a.equals(b);
                }
                boolean counts = residual == null || residual.isTrue(Rows.concatenate(l, r), execution);
                certain &= differs || !counts;
            }
            if (certain) {
                result.add(Arrays.asList(l));
            }
        }
        return result;
    }

    @Test
    void restoresTheOuterRowAroundACorrelatedSide() {
        GivenRows left = GivenRows.of(new Object[] {1}, new Object[] {2});
        Operator right = new ProjectOperator(ValuesOperator.ONE_ROW, new Scalar[] {Expressions.outer(0, 0)});
        NestedLoopJoin join = new NestedLoopJoin(left, right, JoinType.INNER, null, "", 1, 1, 0);
        Execution execution = new OperatorRun().execution();
        @Nullable Object[] before = {"before"};
        execution.setOuterRow(0, before);

        assertThat(OperatorRun.rows(join, execution)).containsExactly(List.of(1, 1), List.of(2, 2));
        assertThat(execution.outerRow(0)).isSameAs(before);
    }

    @Test
    void doesNotReadTheLeftSideIfNothingCanMatch() {
        GivenRows left = GivenRows.random(new Random(1), 10);
        GivenRows right = GivenRows.of();

        assertThat(new OperatorRun().rows(hash(left, right, JoinType.INNER, 1, null)))
                .isEmpty();
        assertThat(left.given()).isZero();
    }

    @Test
    void endsWithAnErrorWhenTheHashTableOutgrowsTheWorkspace() {
        Workspace workspace = new Workspace(1 << 20, 10_000, Path.of("."));
        GivenRows left = GivenRows.random(new Random(1), 10);
        GivenRows right = GivenRows.random(new Random(2), 1000);

        assertThatThrownBy(() -> new OperatorRun(workspace).rows(hash(left, right, JoinType.INNER, 1, null)))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("53200");
        assertThat(workspace.usedBytes()).isZero();
        assertThat(left.open() + right.open()).isZero();
    }

    @Test
    void endsWhenTheStatementIsCancelled() {
        GivenRows left = GivenRows.random(new Random(1), 300);
        GivenRows right = GivenRows.random(new Random(2), 300);
        Scalar never = Expressions.constant(false);

        assertThatThrownBy(() -> new OperatorRun()
                        .cancelledAfter(3)
                        .rows(new NestedLoopJoin(left, right, JoinType.INNER, never, "", COLUMNS, COLUMNS, -1)))
                .hasMessageContaining("57014");
        assertThatThrownBy(() -> new OperatorRun()
                        .cancelledAfter(2)
                        .rows(new HashJoin(
                                left,
                                right,
                                JoinType.INNER,
                                Expressions.columns(0),
                                Expressions.columns(0),
                                ONE_KEY,
                                never,
                                "",
                                COLUMNS,
                                COLUMNS,
                                false)))
                .hasMessageContaining("57014");
        assertThat(left.open() + right.open()).isZero();
    }
}
