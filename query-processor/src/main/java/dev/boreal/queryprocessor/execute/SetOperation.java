package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT, where rows are equal if their columns are and NULL equals NULL. */
public final class SetOperation implements Operator {
    private final Kind kind;
    private final boolean all;
    private final Operator left;
    private final Operator right;
    private final SqlType[] types;

    /** Which set operation. */
    public enum Kind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /**
     * @param all whether duplicates count
     * @param types of both inputs' columns
     */
    public SetOperation(Kind kind, boolean all, Operator left, Operator right, SqlType[] types) {
        this.kind = kind;
        this.all = all;
        this.left = left;
        this.right = right;
        this.types = types.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        if (kind == Kind.UNION) {
            Operator both = new AppendOperator(List.of(left, right));
            return (all ? both : new DistinctOperator(both, types)).open(execution);
        }
        return new CountingCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }

    @Override
    public void explain(Explanation explanation) {
        switch (kind) {
            case UNION -> explanation.node(all ? "Append" : "HashAggregate");
            case INTERSECT -> explanation.node(all ? "HashSetOp Intersect All" : "HashSetOp Intersect");
            case EXCEPT -> explanation.node(all ? "HashSetOp Except All" : "HashSetOp Except");
        }
    }

    /** Counts the right rows, then passes left rows or not by what is left of their count. */
    private final class CountingCursor implements Cursor {
        private final Execution execution;
        private final Cursor leftSource;
        private final KeyTable seen;
        private int[] counts = new int[16];
        private boolean counted;

        CountingCursor(Execution execution) {
            this.execution = execution;
            leftSource = execution.open(left);
            seen = new KeyTable(types, execution);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (!counted) {
                countRight();
                counted = true;
            }
            for (int passed = 1; ; passed++) {
                @Nullable Object[] row = leftSource.next();
                if (row == null || (kind == Kind.INTERSECT ? intersects(row) : remains(row))) {
                    return row;
                }
                if ((passed & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            }
        }

        private void countRight() {
            try (Cursor source = execution.open(right)) {
                int passed = 0;
                for (@Nullable Object[] row = source.next(); row != null; row = source.next()) {
                    count(row);
                    if ((++passed & 0xfff) == 0) {
                        execution.checkCancelled();
                    }
                }
            }
        }

        private void count(@Nullable Object[] row) {
            int key = seen.findOrAdd(row);
            if (key == counts.length) {
                counts = Arrays.copyOf(counts, 2 * key);
            }
            counts[key]++;
        }

        private boolean intersects(@Nullable Object[] row) {
            int key = seen.find(row);
            if (key < 0 || counts[key] == 0) {
                return false;
            }
            counts[key] = all ? counts[key] - 1 : 0;
            return true;
        }

        private boolean remains(@Nullable Object[] row) {
            int key = seen.find(row);
            if (all) {
                if (key < 0 || counts[key] == 0) {
                    return true;
                }
                counts[key]--;
                return false;
            }
            if (key >= 0) {
                return false;
            }
            count(row);
            return true;
        }

        @Override
        public void close() {
            seen.close();
            leftSource.close();
        }
    }
}
