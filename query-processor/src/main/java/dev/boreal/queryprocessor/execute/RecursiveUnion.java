package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE: the rows of the base query, then again and again those of the recursive one, whose
 * {@link WorkingTableScan} reads the rows of the round before, until a round gives none.
 */
public final class RecursiveUnion implements Operator {
    private final int workingSlot;
    private final Operator base;
    private final Operator recursive;
    private final boolean distinct;
    private final SqlType[] types;

    /**
     * @param distinct UNION, not UNION ALL: rows that were already given are dropped
     * @param types of all columns
     */
    public RecursiveUnion(int workingSlot, Operator base, Operator recursive, boolean distinct, SqlType[] types) {
        this.workingSlot = workingSlot;
        this.base = base;
        this.recursive = recursive;
        this.distinct = distinct;
        this.types = types.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        return new RoundCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(base, recursive);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Recursive Union");
    }

    private final class RoundCursor implements Cursor {
        private final Execution execution;
        private final @Nullable KeyTable seen;
        private RowBuffer working;
        private RowBuffer found;
        private @Nullable Cursor source;

        RoundCursor(Execution execution) {
            this.execution = execution;
            seen = distinct ? new KeyTable(types, execution) : null;
            working = new RowBuffer(execution);
            found = new RowBuffer(execution);
            source = execution.open(base);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                Cursor current = source;
                if (current == null) {
                    return null;
                }
                execution.setShared(workingSlot, working);
                @Nullable Object[] row = current.next();
                if (row == null) {
                    startRound(current);
                } else if (isNew(row)) {
                    found.add(row);
                    return row;
                }
            }
        }

        private boolean isNew(@Nullable Object[] row) {
            if (seen == null) {
                return true;
            }
            int known = seen.size();
            return seen.findOrAdd(row) == known;
        }

        private void startRound(Cursor finished) {
            source = null;
            finished.close();
            execution.checkCancelled();
            RowBuffer spent = working;
            working = found;
            found = spent;
            found.clear();
            if (working.size() > 0) {
                execution.setShared(workingSlot, working);
                source = execution.open(recursive);
            }
        }

        @Override
        public void close() {
            Cursor current = source;
            source = null;
            if (current != null) {
                current.close();
            }
            working.close();
            found.close();
            if (seen != null) {
                seen.close();
            }
        }
    }
}
