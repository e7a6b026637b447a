package dev.boreal.simulation.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is still to happen, in the order {@code (time, asked)}: a heap over arrays, since comparing objects would otherwise be a
 * good part of the work of a run.
 */
final class EventQueue {
    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private @Nullable Runnable[] actions = new Runnable[1024];
    private int size;
    private long asked;

    boolean isEmpty() {
        return size == 0;
    }

    /** When the next event happens; there is one. */
    long nextTime() {
        return times[0];
    }

    void add(long time, Runnable action) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        long order = asked++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (times[parent] <= time) {
                break; // Of two at one time the one asked earlier goes first, and this is asked last.
            }
            move(parent, at);
            at = parent;
        }
        times[at] = time;
        orders[at] = order;
        actions[at] = action;
    }

    /** Takes the next event out. */
    Runnable remove() {
        Runnable first = actions[0];
        if (first == null) {
            throw new IllegalStateException("nothing is to happen");
        }
        size--;
        sink(times[size], orders[size], actions[size]);
        actions[size] = null;
        return first;
    }

    private void sink(long time, long order, @Nullable Runnable action) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(child + 1, times[child], orders[child])) {
                child++;
            }
            if (!isBefore(child, time, order)) {
                break;
            }
            move(child, at);
            at = child;
        }
        times[at] = time;
        orders[at] = order;
        actions[at] = action;
    }

    private boolean isBefore(int at, long time, long order) {
        return times[at] < time || (times[at] == time && orders[at] < order);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        actions[to] = actions[from];
    }
}
