package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions that some replica, or the one that leads, can answer. Any thread. */
final class ClientQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(ClientQuestions.class);

    private final Doors doors;
    private final Supplier<@Nullable String> leader;
    private final Supplier<@Nullable Journal> attached;

    /**
     * @param leader who is thought to lead
     * @param attached its door, if it surely leads
     */
    ClientQuestions(Doors doors, Supplier<@Nullable String> leader, Supplier<@Nullable Journal> attached) {
        this.doors = doors;
        this.leader = leader;
        this.attached = attached;
    }

    /** Of the leader if one is known, else the highest that a replica knows. */
    long highest(ToLongFunction<Journal> question) {
        Journal leading = attached.get();
        if (leading != null) {
            try {
                return question.applyAsLong(leading);
            } catch (RuntimeException e) {
                LOG.debug("a door of the journal failed", e);
            }
        }
        long highest = 0;
        for (String name : doors.order(null)) {
            Journal door = doors.door(name);
            if (door != null) {
                try {
                    highest = Math.max(highest, question.applyAsLong(door));
                } catch (RuntimeException e) {
                    LOG.debug("a door of the journal failed", e);
                }
            }
        }
        return highest;
    }

    /** The answer of the first replica that gives one; throws what the first one threw if none does. */
    <T> T first(Function<Journal, T> question) {
        RuntimeException failure = null;
        for (String name : doors.order(leader.get())) {
            Journal door = doors.door(name);
            if (door == null) {
                continue;
            }
            try {
                return question.apply(door);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new IllegalStateException("no replica of the journal can be reached") : failure;
    }
}
