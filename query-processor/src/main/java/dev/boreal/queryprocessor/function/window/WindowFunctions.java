package dev.boreal.queryprocessor.function.window;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.WindowFunction.Window;
import org.jspecify.annotations.Nullable;

/** row_number, the ranks, ntile, lag and lead, and the values at places of the frame. */
public final class WindowFunctions implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.window("row_number()", () -> (context, window) -> window.currentRow() + 1L)
                .window("rank()", () -> (context, window) -> window.peerStart() + 1L)
                .window("dense_rank()", DenseRank::new)
                .window(
                        "percent_rank()",
                        () -> (context, window) ->
                                window.size() <= 1 ? 0.0 : window.peerStart() / (window.size() - 1.0))
                .window("cume_dist()", () -> (context, window) -> window.peerEnd() / (double) window.size())
                .window("ntile(int4)", Ntile::new)
                .window(
                        "lag(anyelement), lag(anyelement,int4), lag(anycompatible,int4,anycompatible)",
                        () -> (context, window) -> neighbour(window, -1))
                .window(
                        "lead(anyelement), lead(anyelement,int4), lead(anycompatible,int4,anycompatible)",
                        () -> (context, window) -> neighbour(window, 1))
                .window("first_value(anyelement)", () -> (context, window) -> firstValue(window))
                .window("last_value(anyelement)", () -> (context, window) -> lastValue(window))
                .window("nth_value(anyelement,int4)", () -> (context, window) -> nthValue(window));
    }

    private static @Nullable Object neighbour(Window window, int direction) {
        int current = window.currentRow();
        long distance = 1;
        if (window.argumentCount() > 1) {
            Object written = window.argument(current, 1);
            if (written == null) {
                return null;
            }
            distance = (Integer) written;
        }
        long row = current + direction * distance;
        if (row >= 0 && row < window.size()) {
            return window.argument((int) row, 0);
        }
        return window.argumentCount() > 2 ? window.argument(current, 2) : null;
    }

    private static @Nullable Object firstValue(Window window) {
        for (int row = window.frameStart(); row < window.frameEnd(); row++) {
            if (!window.excluded(row)) {
                return window.argument(row, 0);
            }
        }
        return null;
    }

    private static @Nullable Object lastValue(Window window) {
        for (int row = window.frameEnd() - 1; row >= window.frameStart(); row--) {
            if (!window.excluded(row)) {
                return window.argument(row, 0);
            }
        }
        return null;
    }

    private static @Nullable Object nthValue(Window window) {
        Object written = window.argument(window.currentRow(), 1);
        if (written == null) {
            return null;
        }
        int left = (Integer) written;
        if (left <= 0) {
            throw new SqlException("22016", "argument of nth_value must be greater than zero");
        }
        for (int row = window.frameStart(); row < window.frameEnd(); row++) {
            if (!window.excluded(row) && --left == 0) {
                return window.argument(row, 0);
            }
        }
        return null;
    }
}
