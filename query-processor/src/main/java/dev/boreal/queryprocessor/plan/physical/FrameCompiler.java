package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.queryprocessor.execute.WindowFrame;
import dev.boreal.queryprocessor.expression.ColumnValue;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.function.ResolvedOperator;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.WindowSpecification;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** The frames of windows. */
final class FrameCompiler {
    private final PhysicalPlanner planner;
    private final @Nullable Outer outer;

    FrameCompiler(PhysicalPlanner planner, @Nullable Outer outer) {
        this.planner = planner;
        this.outer = outer;
    }

    WindowFrame frame(WindowSpecification window) {
        return new WindowFrame(
                switch (window.mode()) {
                    case ROWS -> WindowFrame.Mode.ROWS;
                    case RANGE -> WindowFrame.Mode.RANGE;
                    case GROUPS -> WindowFrame.Mode.GROUPS;
                },
                bound(window, window.startKind(), window.startOffset(), true),
                bound(window, window.endKind(), window.endOffset(), false),
                switch (window.exclusion()) {
                    case NO_OTHERS -> WindowFrame.Exclusion.NO_OTHERS;
                    case CURRENT_ROW -> WindowFrame.Exclusion.CURRENT_ROW;
                    case GROUP -> WindowFrame.Exclusion.GROUP;
                    case TIES -> WindowFrame.Exclusion.TIES;
                });
    }

    private WindowFrame.Bound bound(
            WindowSpecification window,
            WindowDefinition.BoundKind kind,
            @Nullable BoundExpression offset,
            boolean start) {
        WindowFrame.BoundKind compiled = switch (kind) {
            case UNBOUNDED_PRECEDING -> WindowFrame.BoundKind.UNBOUNDED_PRECEDING;
            case OFFSET_PRECEDING -> WindowFrame.BoundKind.PRECEDING;
            case CURRENT_ROW -> WindowFrame.BoundKind.CURRENT_ROW;
            case OFFSET_FOLLOWING -> WindowFrame.BoundKind.FOLLOWING;
            case UNBOUNDED_FOLLOWING -> WindowFrame.BoundKind.UNBOUNDED_FOLLOWING;
        };
        if (offset == null) {
            return WindowFrame.Bound.of(compiled);
        }
        Scalar count = new ScalarCompiler(planner, Layout.NONE, outer).compile(offset);
        if (window.mode() != WindowDefinition.Mode.RANGE) {
            return WindowFrame.Bound.of(compiled, count);
        }
        SortKey key = window.orderBy().getFirst();
        SqlType type = key.expression().type();
        boolean minus = (compiled == WindowFrame.BoundKind.PRECEDING) != key.descending();
        boolean atLeast = start != key.descending();
        return new WindowFrame.Bound(
                compiled, count, inRange(type, offset.type(), minus, atLeast), negative(offset.type()));
    }

    /** Over [value, current, offset]: whether value &gt;= (or &lt;=) current ± offset. */
    private static Scalar inRange(SqlType type, SqlType offset, boolean minus, boolean atLeast) {
        ResolvedOperator shift = Resolution.operator(minus ? "-" : "+", type, offset);
        ResolvedOperator compare = Resolution.operator(atLeast ? ">=" : "<=", type, shift.result());
        var shiftBody = shift.body();
        var compareBody = compare.body();
        return (row, execution) -> {
            Object bound = shiftBody.apply(execution.context(), new Object[] {row[1], row[2]});
            return compareBody.apply(execution.context(), new Object[] {row[0], bound});
        };
    }

    private static Scalar negative(SqlType offset) {
        ResolvedOperator minus = Resolution.operator("-", offset, offset);
        ResolvedOperator less = Resolution.operator("<", offset, offset);
        Scalar value = new ColumnValue(0);
        var zero = minus.body();
        var below = less.body();
        return (row, execution) -> {
            Object number = value.evaluate(row, execution);
            Object nothing = zero.apply(execution.context(), new Object[] {number, number});
            return below.apply(execution.context(), new Object[] {number, nothing});
        };
    }
}
