package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs operators that read neither storage nor settings. */
final class OperatorRun {
    static final int SLOTS = 8;

    private int checksUntilCancel = Integer.MAX_VALUE;
    private final Workspace workspace;

    OperatorRun() {
        this(new Workspace(1 << 20, 64 << 20, Path.of(System.getProperty("java.io.tmpdir", "."))));
    }

    OperatorRun(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A run whose statement is cancelled when it asks for the {@code checks}th time. */
    OperatorRun cancelledAfter(int checks) {
        checksUntilCancel = checks;
        return this;
    }

    Execution execution() {
        EvaluationContext context = only(EvaluationContext.class, "checkCancelled", () -> {
            if (--checksUntilCancel <= 0) {
                throw new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request");
            }
            return null;
        });
        Transaction.View view = only(Transaction.View.class, "close", () -> null);
        Transaction transaction = only(Transaction.class, "view", () -> view);
        return new Execution(context, transaction, new Object[0], SLOTS, SLOTS, workspace);
    }

    /** An object of which one method may be called. */
    private static <T> T only(Class<T> type, String name, Supplier<@Nullable Object> action) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            if (!method.getName().equals(name)) {
                throw new UnsupportedOperationException(method.toString());
            }
            return action.get();
        }));
    }

    /** All rows. */
    List<List<@Nullable Object>> rows(Operator operator) {
        try (Execution execution = execution()) {
            return rows(operator, execution);
        }
    }

    static List<List<@Nullable Object>> rows(Operator operator, Execution execution) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Operator.Cursor cursor = execution.open(operator)) {
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(new ArrayList<>(Arrays.asList(row.clone())));
            }
            if (cursor.next() != null) {
                throw new AssertionError("a row after the end");
            }
        }
        return rows;
    }
}
