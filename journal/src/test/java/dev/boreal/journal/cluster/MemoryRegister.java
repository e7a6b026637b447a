package dev.boreal.journal.cluster;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The control plane's register in memory. Watches hear on the thread that changed something. */
public final class MemoryRegister implements ControlPlane {
    private record Watcher(String prefix, WatchListener listener) {}

    private final TreeMap<String, RegisterEntry> entries = new TreeMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long version;
    private long sessions;

    @Override
    public synchronized @Nullable RegisterEntry read(String key) {
        return entries.get(key);
    }

    @Override
    public synchronized List<RegisterEntry> list(String prefix) {
        List<RegisterEntry> found = new ArrayList<>();
        for (Map.Entry<String, RegisterEntry> each : entries.entrySet()) {
            if (each.getKey().startsWith(prefix)) {
                found.add(each.getValue());
            }
        }
        return found;
    }

    @Override
    public synchronized UpdateOutcome compareAndSet(
            String key, long expectedVersion, byte @Nullable [] value, long session) {
        RegisterEntry current = entries.get(key);
        if ((current == null ? 0 : current.version()) != expectedVersion) {
            return new UpdateOutcome.VersionMoved(current);
        }
        version++;
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, new RegisterEntry(key, value, version, session));
        }
        tell(key);
        return new UpdateOutcome.Updated(version);
    }

    private void tell(String key) {
        RegisterEntry entry = entries.get(key);
        for (Watcher watcher : List.copyOf(watchers)) {
            if (key.startsWith(watcher.prefix)) {
                if (entry == null) {
                    watcher.listener.onRemoved(key, version);
                } else {
                    watcher.listener.onChanged(entry);
                }
            }
        }
    }

    @Override
    public synchronized long beginSession(String name, Duration lease) {
        return ++sessions;
    }

    @Override
    public boolean keepAlive(long session) {
        return true;
    }

    @Override
    public synchronized void endSession(long session) {
        for (RegisterEntry entry : List.copyOf(entries.values())) {
            if (entry.session() == session) {
                version++;
                entries.remove(entry.key());
                tell(entry.key());
            }
        }
    }

    @Override
    public synchronized Watch watch(String prefix, WatchListener listener) {
        Watcher watcher = new Watcher(prefix, listener);
        watchers.add(watcher);
        listener.onSnapshot(list(prefix));
        return () -> {
            synchronized (this) {
                watchers.remove(watcher);
            }
        };
    }

    @Override
    public synchronized String toString() {
        return Arrays.toString(entries.values().toArray());
    }
}
