package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import org.jspecify.annotations.Nullable;

/** Which rows around the current one a window call sees. */
public record WindowFrame(Mode mode, Bound start, Bound end, Exclusion exclusion) {

    /** What is used where no frame is written: from the partition's start through the current row's last peer. */
    public static final WindowFrame DEFAULT = new WindowFrame(
            Mode.RANGE, Bound.of(BoundKind.UNBOUNDED_PRECEDING), Bound.of(BoundKind.CURRENT_ROW), Exclusion.NO_OTHERS);

    /** What offsets count. */
    public enum Mode {
        ROWS,
        RANGE,
        GROUPS
    }

    /** Where a frame starts or ends. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** Which rows are taken out of the frame. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /**
     * A frame's start or end.
     *
     * @param offset with PRECEDING and FOLLOWING: an expression that reads no row, for ROWS and GROUPS an integer of any
     *     width
     * @param inRange with RANGE and an offset: whether a row is not beyond the bound, over [value of the row's sort key,
     *     value of the current row's, offset], none of them NULL. As a start in ascending order: {@code value >= current
     *     - offset} for PRECEDING, {@code value >= current + offset} for FOLLOWING; as an end {@code <=}; in descending
     *     order the signs and comparisons are the other way round.
     * @param negative with RANGE and an offset: whether the offset is negative, over [offset]
     */
    public record Bound(
            BoundKind kind,
            @Nullable Scalar offset,
            @Nullable Scalar inRange,
            @Nullable Scalar negative) {

        /** A bound without an offset. */
        public static Bound of(BoundKind kind) {
            return new Bound(kind, null, null, null);
        }

        /** A bound of ROWS or GROUPS. */
        public static Bound of(BoundKind kind, Scalar offset) {
            return new Bound(kind, offset, null, null);
        }
    }
}
