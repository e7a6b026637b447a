package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.WindowFunction;
import org.jspecify.annotations.Nullable;

/** One call's view of a partition, moved from row to row: peers, frame, arguments. */
final class FrameWalk implements WindowFunction.Window {
    private final WindowCall call;
    private final Execution execution;
    private final WindowPartition partition;
    private final FrameBound startBound;
    private final FrameBound endBound;
    private int current;
    private int frameStart;
    private int frameEnd;

    FrameWalk(WindowCall call, SortKey[] order, WindowPartition partition, Execution execution) {
        this.call = call;
        this.execution = execution;
        this.partition = partition;
        WindowFrame frame = call.frame();
        boolean nullsFirst = order.length > 0 && order[0].nullsFirst();
        startBound = new FrameBound(frame.mode(), frame.start(), true, nullsFirst, execution);
        endBound = new FrameBound(frame.mode(), frame.end(), false, nullsFirst, execution);
    }

    void startPartition() {
        startBound.startPartition();
        endBound.startPartition();
    }

    void moveTo(int row) {
        current = row;
        frameStart = startBound.find(partition, row);
        frameEnd = endBound.find(partition, row);
    }

    @Override
    public int size() {
        return partition.size();
    }

    @Override
    public int currentRow() {
        return current;
    }

    @Override
    public int peerStart() {
        return partition.groupStart(partition.group(current));
    }

    @Override
    public int peerEnd() {
        return partition.groupEnd(partition.group(current));
    }

    @Override
    public int frameStart() {
        return frameStart;
    }

    @Override
    public int frameEnd() {
        return frameEnd;
    }

    @Override
    public boolean excluded(int row) {
        return switch (call.frame().exclusion()) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> row == current;
            case GROUP -> partition.group(row) == partition.group(current);
            case TIES -> row != current && partition.group(row) == partition.group(current);
        };
    }

    @Override
    public @Nullable Object argument(int row, int index) {
        return call.arguments()[index].evaluate(partition.row(row), execution);
    }

    @Override
    public int argumentCount() {
        return call.arguments().length;
    }
}
