package dev.boreal.queryprocessor.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SortTest {
    private static final SqlType[] TYPES = {TypeRegistry.INT4, TypeRegistry.TEXT, TypeRegistry.INT8};
    private static final List<SortKey> KEYS = List.of(
            new SortKey(Expressions.column(0), TypeRegistry.INT4, true, true),
            new SortKey(Expressions.column(1), TypeRegistry.TEXT, false, false));

    @TempDir
    Path directory = Path.of(".");

    private static List<List<@Nullable Object>> model(GivenRows rows, long limit) {
        Comparator<List<@Nullable Object>> order = Comparator.comparing(
                        (List<@Nullable Object> row) -> (Integer) row.get(0),
                        Comparator.nullsFirst(Comparator.reverseOrder()))
                .thenComparing(row -> (String) row.get(1), Comparator.nullsLast(Comparator.naturalOrder()));
        List<List<@Nullable Object>> sorted = new ArrayList<>();
        for (@Nullable Object[] row : rows.rows()) {
            sorted.add(Arrays.asList(row));
        }
        sorted.sort(order);
        return sorted.subList(0, (int) Math.min(limit, sorted.size()));
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void isStableInMemoryAndOnDiskWithAndWithoutLimit() throws IOException {
        Random random = new Random(11);
        for (long memory : new long[] {200, 5_000, 1 << 20}) {
            for (int count : new int[] {0, 1, 50, 3000}) {
                for (@Nullable Long limit : new @Nullable Long[] {null, 0L, 1L, 17L, 2000L}) {
                    GivenRows rows = GivenRows.random(random, count);
                    Workspace workspace = new Workspace(memory, 64 << 20, directory);
                    Scalar limitExpression = limit == null ? null : Expressions.constant(limit);
                    SortOperator sort = new SortOperator(rows, KEYS, limitExpression, TYPES);

                    assertThat(new OperatorRun(workspace).rows(sort))
                            .isEqualTo(model(rows, limit == null ? Long.MAX_VALUE : limit));
                    assertThat(workspace.usedBytes()).isZero();
                    assertThat(rows.open()).isZero();
                    assertThat(files()).isZero();
                }
            }
        }
    }

    @Test
    void sortsMoreThanMayBeHeldInMemory() throws IOException {
        GivenRows rows = GivenRows.random(new Random(3), 20_000);
        Workspace workspace = new Workspace(10_000, 20_000, directory);
        Execution execution = new OperatorRun(workspace).execution();
        Operator.Cursor cursor = execution.open(new SortOperator(rows, KEYS, null, TYPES));
        cursor.next();

        assertThat(workspace.usedBytes()).isLessThan(10_000);
        cursor.close();
        assertThat(new OperatorRun(workspace).rows(new SortOperator(rows, KEYS, null, TYPES)))
                .isEqualTo(model(rows, Long.MAX_VALUE));
        assertThat(workspace.usedBytes()).isZero();
        assertThat(files()).isZero();
        assertThat(rows.open()).isZero();
    }

    @Test
    void keepsFewRowsForASmallLimit() {
        GivenRows rows = GivenRows.random(new Random(3), 20_000);
        Workspace workspace = new Workspace(1 << 20, 20_000, directory);

        assertThat(new OperatorRun(workspace).rows(new SortOperator(rows, KEYS, Expressions.constant(10), TYPES)))
                .isEqualTo(model(rows, 10));
    }

    @Test
    void keepsRowsThatCannotBeStoredInMemory() throws IOException {
        GivenRows rows = GivenRows.random(new Random(3), 500);
        SqlType[] types = {TypeRegistry.INT4, TypeRegistry.VOID, TypeRegistry.INT8};
        Workspace workspace = new Workspace(100, 64 << 20, directory);
        assertThat(TypeRegistry.VOID.storable()).isFalse();

        try (Execution execution = new OperatorRun(workspace).execution();
                Operator.Cursor cursor = execution.open(new SortOperator(rows, KEYS, null, types))) {
            assertThat(cursor.next()).isNotNull();
            assertThat(files()).isZero();
        }
    }

    @Test
    void endsWhenTheStatementIsCancelled() throws IOException {
        GivenRows rows = GivenRows.random(new Random(3), 20_000);
        Workspace workspace = new Workspace(10_000, 64 << 20, directory);

        assertThatThrownBy(() ->
                        new OperatorRun(workspace).cancelledAfter(4).rows(new SortOperator(rows, KEYS, null, TYPES)))
                .hasMessageContaining("57014");
        assertThat(files()).isZero();
        assertThat(rows.open()).isZero();
    }
}
