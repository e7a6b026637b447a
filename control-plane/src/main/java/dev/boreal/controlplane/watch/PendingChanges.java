package dev.boreal.controlplane.watch;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.ControlPlane.WatchListener;
import dev.boreal.controlplane.register.RegisterChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher has not heard yet. Of several changes of one entry only the last is kept, in its place; so this holds no more than
 * there are keys, however slow the watcher is. Not thread-safe.
 */
public final class PendingChanges {
    private final String prefix;
    private final LinkedHashMap<String, RegisterChange> changes = new LinkedHashMap<>();
    private @Nullable List<RegisterEntry> snapshot;

    public PendingChanges(String prefix) {
        this.prefix = prefix;
    }

    /** The stream begins here, or begins anew; entries of other keys are left out. */
    public void begin(List<RegisterEntry> entries) {
        changes.clear();
        snapshot =
                entries.stream().filter(entry -> entry.key().startsWith(prefix)).toList();
    }

    /** Takes in the next change; those of other keys are left out. */
    public void add(RegisterChange change) {
        if (change.key().startsWith(prefix)) {
            changes.putLast(change.key(), change);
        }
    }

    public boolean isEmpty() {
        return snapshot == null && changes.isEmpty();
    }

    /** Hands everything over; to be told without a lock held. */
    public Batch take() {
        Batch batch = new Batch(snapshot, List.copyOf(new ArrayList<>(changes.values())));
        snapshot = null;
        changes.clear();
        return batch;
    }

    /** What to tell a watcher next. */
    public record Batch(@Nullable List<RegisterEntry> snapshot, List<RegisterChange> changes) {
        public void tell(WatchListener listener) {
            if (snapshot != null) {
                listener.onSnapshot(snapshot);
            }
            for (RegisterChange change : changes) {
                switch (change) {
                    case RegisterChange.Changed(RegisterEntry entry) -> listener.onChanged(entry);
                    case RegisterChange.Removed(String key, long version) -> listener.onRemoved(key, version);
                }
            }
        }
    }
}
