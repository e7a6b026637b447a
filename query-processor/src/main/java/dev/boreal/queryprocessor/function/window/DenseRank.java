package dev.boreal.queryprocessor.function.window;

import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.WindowFunction;

/** Counts groups of peers. */
final class DenseRank implements WindowFunction.State {
    private int lastPeerStart = -1;
    private long rank;

    @Override
    public Object value(EvaluationContext context, WindowFunction.Window window) {
        if (window.peerStart() != lastPeerStart) {
            lastPeerStart = window.peerStart();
            rank++;
        }
        return rank;
    }
}
