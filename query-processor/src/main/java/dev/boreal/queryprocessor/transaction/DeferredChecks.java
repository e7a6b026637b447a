package dev.boreal.queryprocessor.transaction;

import dev.boreal.queryprocessor.catalog.Constraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks of deferrable constraints that wait for COMMIT or for SET CONSTRAINTS ... IMMEDIATE, and which constraints wait in
 * this transaction. Not thread-safe.
 */
public final class DeferredChecks {
    private final List<Pending> pending = new ArrayList<>();
    private Map<Integer, Boolean> named = new HashMap<>();
    private @Nullable Boolean all;

    private record Pending(int constraint, Runnable check) {}

    /** What a savepoint remembers. */
    record Mark(
            int pending,
            Map<Integer, Boolean> named,
            @Nullable Boolean all) {}

    /** Whether checks of a foreign key wait now. */
    public boolean waits(Constraint.ForeignKey key) {
        if (!key.deferrable()) {
            return false;
        }
        Boolean own = named.get(key.oid());
        if (own != null) {
            return own;
        }
        return all == null ? key.initiallyDeferred() : all;
    }

    /** @param check looks once more; throws the constraint's error */
    public void add(Constraint.ForeignKey key, Runnable check) {
        pending.add(new Pending(key.oid(), check));
    }

    /** SET CONSTRAINTS ALL; what waited and does not any longer is checked. */
    public void setAll(boolean deferred) {
        all = deferred;
        named.clear();
        if (!deferred) {
            run();
        }
    }

    /** SET CONSTRAINTS of one constraint. */
    public void set(int constraint, boolean deferred) {
        named.put(constraint, deferred);
        if (!deferred) {
            for (Pending waiting : List.copyOf(pending)) {
                if (waiting.constraint() == constraint) {
                    waiting.check().run();
                    pending.remove(waiting);
                }
            }
        }
    }

    /** Checks all that waits. */
    public void run() {
        for (Pending waiting : pending) {
            waiting.check().run();
        }
        pending.clear();
    }

    Mark mark() {
        return new Mark(pending.size(), Map.copyOf(named), all);
    }

    void rollbackTo(Mark mark) {
        if (pending.size() > mark.pending()) {
            pending.subList(mark.pending(), pending.size()).clear();
        }
        named = new HashMap<>(mark.named());
        all = mark.all();
    }
}
