package dev.boreal.contracts.door;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small replicated register: who may do what. Linearizable. Blocking calls wait for a majority, for a few seconds at
 * most; made for virtual threads, and for nothing on a statement's path. Reads throw
 * {@link dev.boreal.contracts.cluster.ControlPlaneUnavailableException} without a majority.
 */
public interface ControlPlane {

    /** The entry as of a moment within this call, or null. */
    @Nullable RegisterEntry read(String key);

    /** All entries whose keys begin with {@code prefix}, by key, as of one moment within this call. */
    List<RegisterEntry> list(String prefix);

    /**
     * Writes or removes an entry if its version still is {@code expectedVersion}.
     *
     * @param expectedVersion the version that the caller saw; 0 if there shall be no entry yet
     * @param value null removes
     * @param session the session to bind the entry to, or 0
     */
    UpdateOutcome compareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session);

    /**
     * Begins a session, which ends when {@code lease} has gone by without a sign of life, and never before; entries bound
     * to it vanish then. Throws as reads do.
     *
     * @param name what people call its owner
     * @return its id, above 0 and never used before
     */
    long beginSession(String name, Duration lease);

    /** A sign of life. False if the session has ended. Throws as reads do. */
    boolean keepAlive(long session);

    /** Ends a session at once; does nothing if it has ended. Throws as reads do. */
    void endSession(long session);

    /**
     * Streams the entries whose keys begin with {@code prefix}: first all that there are, then every change in the order
     * decided (changes that follow one another quickly on one key may come as one).
     */
    Watch watch(String prefix, WatchListener listener);

    /** Hears a watch. Calls come one at a time, in order. May block. */
    interface WatchListener {
        /** Everything there is, at the beginning, and again whenever the stream had to begin anew. */
        void onSnapshot(List<RegisterEntry> entries);

        void onChanged(RegisterEntry entry);

        void onRemoved(String key, long version);
    }

    /** A watcher's handle. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
