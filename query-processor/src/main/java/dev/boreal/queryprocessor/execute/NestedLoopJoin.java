package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares each left row with every right row. */
public final class NestedLoopJoin implements Operator {
    private final Operator left;
    private final Operator right;
    private final JoinType type;
    private final @Nullable Scalar condition;
    private final String conditionText;
    private final int leftColumns;
    private final int rightColumns;
    private final int outerSlot;

    /**
     * @param condition over the left row's columns followed by the right row's; null is always true
     * @param outerSlot if not negative, the right side is opened anew for each left row, which stands in that slot; else
     *     it is read once and kept
     */
    public NestedLoopJoin(
            Operator left,
            Operator right,
            JoinType type,
            @Nullable Scalar condition,
            String conditionText,
            int leftColumns,
            int rightColumns,
            int outerSlot) {
        if (outerSlot >= 0 && type.keepsRight()) {
            throw new IllegalArgumentException("right side of a " + type + " join depends on left rows");
        }
        this.left = left;
        this.right = right;
        this.type = type;
        this.condition = condition;
        this.conditionText = conditionText;
        this.leftColumns = leftColumns;
        this.rightColumns = rightColumns;
        this.outerSlot = outerSlot;
    }

    @Override
    public Cursor open(Execution execution) {
        return outerSlot >= 0 ? new ReopeningCursor(execution) : new BufferingCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node(type.nodeName("Nested Loop", false));
        if (!conditionText.isEmpty()) {
            explanation.property("Join Filter", conditionText);
        }
    }

    /** What both ways have in common: the walk over left rows, and what is given for each. */
    private abstract class LoopCursor implements Cursor {
        final Execution execution;
        private final Cursor leftSource;
        private final @Nullable Object[] joined = new Object[leftColumns + rightColumns];
        private @Nullable Object @Nullable [] leftRow;
        private boolean matched;
        private int compared;

        LoopCursor(Execution execution) {
            this.execution = execution;
            leftSource = execution.open(left);
        }

        abstract void startRight(@Nullable Object[] newLeftRow);

        abstract @Nullable Object @Nullable [] nextRight(@Nullable Object[] currentLeftRow);

        abstract void endRight();

        /** The right row last given has a match. */
        void markRight() {}

        @Nullable Object @Nullable [] unmatchedRight() {
            return null;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                if (leftRow == null) {
                    leftRow = leftSource.next();
                    if (leftRow == null) {
                        @Nullable Object[] alone = unmatchedRight();
                        return alone == null ? null : Rows.concatenate(new Object[leftColumns], alone);
                    }
                    matched = false;
                    System.arraycopy(leftRow, 0, joined, 0, leftColumns);
                    startRight(leftRow);
                }
                @Nullable Object[] current = leftRow;
                @Nullable Object[] rightRow = nextRight(current);
                if (rightRow == null) {
                    endRight();
                    leftRow = null;
                    if (!matched && type.keepsLeft()) {
                        return Rows.concatenate(current, new Object[rightColumns]);
                    }
                    if (!matched && type == JoinType.ANTI) {
                        return current;
                    }
                } else if (matches(rightRow)) {
                    matched = true;
                    markRight();
                    if (!type.leftOnly()) {
                        return Rows.concatenate(current, rightRow);
                    }
                    endRight();
                    leftRow = null;
                    if (type == JoinType.SEMI) {
                        return current;
                    }
                }
            }
        }

        private boolean matches(@Nullable Object[] rightRow) {
            if ((++compared & 0xfff) == 0) {
                execution.checkCancelled();
            }
            if (condition == null) {
                return true;
            }
            System.arraycopy(rightRow, 0, joined, leftColumns, rightColumns);
            return condition.isTrue(joined, execution);
        }

        @Override
        public void close() {
            try {
                endRight();
            } finally {
                leftSource.close();
            }
        }
    }

    private final class ReopeningCursor extends LoopCursor {
        private @Nullable Cursor rightSource;

        ReopeningCursor(Execution execution) {
            super(execution);
        }

        @Override
        void startRight(@Nullable Object[] newLeftRow) {
            @Nullable Object[] before = execution.exchangeOuterRow(outerSlot, newLeftRow);
            try {
                rightSource = execution.open(right);
            } finally {
                execution.exchangeOuterRow(outerSlot, before);
            }
        }

        @Override
        @Nullable Object @Nullable [] nextRight(@Nullable Object[] currentLeftRow) {
            Cursor source = rightSource;
            if (source == null) {
                return null;
            }
            @Nullable Object[] before = execution.exchangeOuterRow(outerSlot, currentLeftRow);
            try {
                return source.next();
            } finally {
                execution.exchangeOuterRow(outerSlot, before);
            }
        }

        @Override
        void endRight() {
            Cursor source = rightSource;
            rightSource = null;
            if (source != null) {
                source.close();
            }
        }
    }

    private final class BufferingCursor extends LoopCursor {
        private final BitSet matchedRight = new BitSet();
        private @Nullable RowBuffer rightRows;
        private int position;
        private int unmatchedPosition;

        BufferingCursor(Execution execution) {
            super(execution);
        }

        private RowBuffer rightRows() {
            RowBuffer rows = rightRows;
            if (rows == null) {
                rows = RowBuffer.of(right, execution);
                rightRows = rows;
            }
            return rows;
        }

        @Override
        void startRight(@Nullable Object[] newLeftRow) {
            position = 0;
        }

        @Override
        @Nullable Object @Nullable [] nextRight(@Nullable Object[] currentLeftRow) {
            RowBuffer rows = rightRows();
            return position < rows.size() ? rows.get(position++) : null;
        }

        @Override
        void endRight() {}

        @Override
        void markRight() {
            if (type.keepsRight()) {
                matchedRight.set(position - 1);
            }
        }

        @Override
        @Nullable Object @Nullable [] unmatchedRight() {
            if (!type.keepsRight()) {
                return null;
            }
            RowBuffer rows = rightRows();
            unmatchedPosition = matchedRight.nextClearBit(unmatchedPosition);
            return unmatchedPosition < rows.size() ? rows.get(unmatchedPosition++) : null;
        }

        @Override
        public void close() {
            super.close();
            if (rightRows != null) {
                rightRows.close();
            }
        }
    }
}
