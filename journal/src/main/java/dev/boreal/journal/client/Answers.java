package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers of several replicas to one question, in the order in which they come. Each is asked on a thread of its own, so
 * that one that stands still holds up none of the others. One thread asks and takes.
 */
final class Answers<T> {
    private final Doors doors;
    private final Function<Journal, T> question;
    private final BlockingQueue<Answer<T>> arrived = new LinkedBlockingQueue<>();
    private final Set<String> owed = new HashSet<>();

    /** One replica's: a value or a failure. */
    record Answer<T>(
            String name, @Nullable T value, @Nullable RuntimeException failure) {}

    Answers(Doors doors, Function<Journal, T> question) {
        this.doors = doors;
        this.question = question;
    }

    /** Nothing happens if there is no way to it. */
    void ask(String name) {
        Journal door = doors.door(name);
        if (door != null) {
            ask(name, door);
        }
    }

    /** Nothing happens if it was asked and has not answered yet. */
    void ask(String name, Journal door) {
        if (owed.add(name)) {
            Thread.ofVirtual().name("journal-question").start(() -> {
                Answer<T> answer = put(name, door);
                doors.speaks(name);
                arrived.add(answer);
            });
        }
    }

    private Answer<T> put(String name, Journal door) {
        try {
            return new Answer<>(name, question.apply(door), null);
        } catch (RuntimeException e) {
            return new Answer<>(name, null, e);
        }
    }

    /** Whether somebody who was asked has not answered yet. */
    boolean isOwed() {
        return !owed.isEmpty();
    }

    /** As {@link #isOwed}, by somebody who is not silent. */
    boolean isOwedBySpeakers() {
        for (String name : owed) {
            if (doors.isSpeaking(name)) {
                return true;
            }
        }
        return false;
    }

    /** The next answer, or null if none comes within that time; whoever still owes one is silent then. */
    @Nullable Answer<T> poll(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        Answer<T> next;
        while (true) {
            try {
                next = arrived.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (next == null) {
            owed.forEach(doors::silent);
        } else {
            owed.remove(next.name());
        }
        return next;
    }
}
