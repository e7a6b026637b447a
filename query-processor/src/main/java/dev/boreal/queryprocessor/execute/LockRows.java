package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.transaction.AccessMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FOR UPDATE and its kin: claims the rows that pass. Nothing waits: a claim is checked at COMMIT, where a transaction
 * that changed the row since the snapshot is a conflict.
 */
public final class LockRows implements Operator {
    private final Operator input;
    private final List<Target> targets;

    /** @param rowKeyColumn column of the input that has the row's key; null there (outer join) claims nothing */
    public record Target(int tableOid, int rowKeyColumn, AccessMode mode) {}

    public LockRows(Operator input, List<Target> targets) {
        this.input = input;
        this.targets = List.copyOf(targets);
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = execution.open(input);
        return new Cursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                @Nullable Object[] row = source.next();
                if (row != null) {
                    for (Target target : targets) {
                        if (row[target.rowKeyColumn()] instanceof byte[] rowKey) {
                            execution.transaction().access(rowKey, target.mode(), target.tableOid());
                        }
                    }
                }
                return row;
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("LockRows");
    }
}
