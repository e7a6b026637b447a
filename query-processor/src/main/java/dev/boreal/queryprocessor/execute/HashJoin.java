package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds each left row's matches in a hash table of the right side's rows, which it holds in memory. */
public final class HashJoin implements Operator {
    private final Operator left;
    private final Operator right;
    private final JoinType type;
    private final Scalar[] leftKeys;
    private final Scalar[] rightKeys;
    private final SqlType[] keyTypes;
    private final @Nullable Scalar residual;
    private final String conditionText;
    private final int leftColumns;
    private final int rightColumns;
    private final boolean nullAware;

    /**
     * @param leftKeys over left rows; with {@code rightKeys}, over right rows, pairwise of {@code keyTypes}
     * @param residual what else must hold, over the left row's columns followed by the right row's
     * @param nullAware with ANTI: NOT IN, under which a comparison with NULL may be true, so that the left row is not given
     */
    public HashJoin(
            Operator left,
            Operator right,
            JoinType type,
            Scalar[] leftKeys,
            Scalar[] rightKeys,
            SqlType[] keyTypes,
            @Nullable Scalar residual,
            String conditionText,
            int leftColumns,
            int rightColumns,
            boolean nullAware) {
        if (nullAware && type != JoinType.ANTI) {
            throw new IllegalArgumentException("only an anti join can be null-aware");
        }
        this.left = left;
        this.right = right;
        this.type = type;
        this.leftKeys = leftKeys.clone();
        this.rightKeys = rightKeys.clone();
        this.keyTypes = keyTypes.clone();
        this.residual = residual;
        this.conditionText = conditionText;
        this.leftColumns = leftColumns;
        this.rightColumns = rightColumns;
        this.nullAware = nullAware;
    }

    @Override
    public Cursor open(Execution execution) {
        return nullAware ? new NotInCursor(execution) : new MatchCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node(type.nodeName("Hash", true));
        if (!conditionText.isEmpty()) {
            explanation.property("Hash Cond", conditionText);
        }
    }

    private static void evaluate(
            Scalar[] keys, @Nullable Object[] row, Execution execution, @Nullable Object[] values) {
        for (int i = 0; i < keys.length; i++) {
            values[i] = keys[i].evaluate(row, execution);
        }
    }

    /** The built table, and the current left row probed against it. */
    private abstract class ProbeCursor implements Cursor {
        final Execution execution;
        final @Nullable Object[] probe = new Object[keyTypes.length];
        private final Cursor leftSource;
        private final @Nullable Object[] joined = new Object[leftColumns + rightColumns];
        private @Nullable HashedRows built;
        private int steps;

        ProbeCursor(Execution execution) {
            this.execution = execution;
            leftSource = execution.open(left);
        }

        HashedRows built() {
            HashedRows rows = built;
            if (rows == null) {
                rows = new HashedRows(keyTypes, execution);
                built = rows;
                build(rows);
            }
            return rows;
        }

        private void build(HashedRows rows) {
            @Nullable Object[] key = new Object[keyTypes.length];
            try (Cursor source = execution.open(right)) {
                for (@Nullable Object[] row = source.next(); row != null; row = source.next()) {
                    evaluate(rightKeys, row, execution, key);
                    rows.add(row, key);
                    step();
                }
            }
        }

        /** The next left row, its key in {@link #probe}. */
        @Nullable Object @Nullable [] nextLeft() {
            @Nullable Object[] row = leftSource.next();
            if (row != null) {
                evaluate(leftKeys, row, execution, probe);
                if (residual != null) {
                    System.arraycopy(row, 0, joined, 0, leftColumns);
                }
                step();
            }
            return row;
        }

        boolean residualHolds(@Nullable Object[] rightRow) {
            if (residual == null) {
                return true;
            }
            step();
            System.arraycopy(rightRow, 0, joined, leftColumns, rightColumns);
            return residual.isTrue(joined, execution);
        }

        void step() {
            if ((++steps & 0xfff) == 0) {
                execution.checkCancelled();
            }
        }

        @Override
        public void close() {
            if (built != null) {
                built.close();
            }
            leftSource.close();
        }
    }

    private final class MatchCursor extends ProbeCursor {
        private final BitSet matchedRight = new BitSet();
        private @Nullable Object @Nullable [] leftRow;
        private int candidate;
        private boolean matched;
        private int unmatchedRight;

        MatchCursor(Execution execution) {
            super(execution);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            HashedRows rows = built();
            if (rows.size() == 0 && !type.keepsLeft() && type != JoinType.ANTI) {
                return null;
            }
            while (true) {
                if (leftRow == null) {
                    leftRow = nextLeft();
                    if (leftRow == null) {
                        return type.keepsRight() ? nextUnmatched(rows) : null;
                    }
                    matched = false;
                    candidate = rows.firstMatch(probe);
                }
                @Nullable Object[] current = leftRow;
                if (candidate < 0) {
                    leftRow = null;
                    if (!matched && type.keepsLeft()) {
                        return Rows.concatenate(current, new Object[rightColumns]);
                    }
                    if (!matched && type == JoinType.ANTI) {
                        return current;
                    }
                    continue;
                }
                int tried = candidate;
                candidate = rows.nextMatch(tried);
                if (!residualHolds(rows.row(tried))) {
                    continue;
                }
                matched = true;
                if (type.leftOnly()) {
                    leftRow = null;
                    if (type == JoinType.SEMI) {
                        return current;
                    }
                    continue;
                }
                if (type.keepsRight()) {
                    matchedRight.set(tried);
                }
                return Rows.concatenate(current, rows.row(tried));
            }
        }

        private @Nullable Object @Nullable [] nextUnmatched(HashedRows rows) {
            unmatchedRight = matchedRight.nextClearBit(unmatchedRight);
            return unmatchedRight < rows.size()
                    ? Rows.concatenate(new Object[leftColumns], rows.row(unmatchedRight++))
                    : null;
        }
    }

    /** NOT IN: a left row is given only if it certainly differs from every right row. */
    private final class NotInCursor extends ProbeCursor {
        private final @Nullable Object[] other = new Object[keyTypes.length];

        NotInCursor(Execution execution) {
            super(execution);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            HashedRows rows = built();
            while (true) {
                @Nullable Object[] row = nextLeft();
                if (row == null || rows.size() == 0 || certainlyAbsent(rows)) {
                    return row;
                }
            }
        }

        private boolean certainlyAbsent(HashedRows rows) {
            boolean probeHasNull = Rows.hasNull(probe);
            for (int match = rows.firstMatch(probe); match >= 0; match = rows.nextMatch(match)) {
                if (residualHolds(rows.row(match))) {
                    return false;
                }
            }
            if (!probeHasNull && rows.rowsWithNull() == 0) {
                return true;
            }
            for (int i = 0; i < rows.size(); i++) {
                @Nullable Object[] candidate = rows.row(i);
                evaluate(rightKeys, candidate, execution, other);
                if ((probeHasNull || Rows.hasNull(other)) && mayEqual() && residualHolds(candidate)) {
                    return false;
                }
                step();
            }
            return true;
        }

        private boolean mayEqual() {
            for (int i = 0; i < keyTypes.length; i++) {
                Object a = probe[i];
                Object b = other[i];
                if (a != null && b != null && !keyTypes[i].equal(a, b)) {
                    return false;
                }
            }
            return true;
        }
    }
}
