package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.journal.client.Answers.Answer;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions that some replica, or the one that leads, can answer. Nobody waits for a replica that stands still while another one
 * answers. Any thread.
 */
final class ClientQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(ClientQuestions.class);
    /** For one replica's answer, before others are asked or the answers that there are must do. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final Doors doors;
    private final Supplier<@Nullable String> leader;
    private final Supplier<@Nullable String> attached;

    /**
     * @param leader who is thought to lead
     * @param attached the same, if it surely leads
     */
    ClientQuestions(Doors doors, Supplier<@Nullable String> leader, Supplier<@Nullable String> attached) {
        this.doors = doors;
        this.leader = leader;
        this.attached = attached;
    }

    /** Of the leader if one is known, else the highest that a replica knows; 0 if none answers. */
    long highest(Function<Journal, Long> question) {
        Answers<Long> answers = new Answers<>(doors, question);
        String leading = attached.get();
        if (leading != null) {
            answers.ask(leading);
            Answer<Long> answer = answers.isOwed() ? answers.poll(PATIENCE_NANOS) : null;
            Long value = answer == null ? null : value(answer);
            if (value != null) {
                return value;
            }
        }
        doors.order(null).forEach(answers::ask);
        long highest = 0;
        boolean known = false;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (known ? answers.isOwedBySpeakers() : answers.isOwed()) {
            Answer<Long> answer = answers.poll(known ? Math.max(0, deadline - System.nanoTime()) : FOR_EVER);
            if (answer == null) {
                break;
            }
            Long value = value(answer);
            if (value != null) {
                known = true;
                highest = Math.max(highest, value);
            }
        }
        return highest;
    }

    /** The first answer that a replica gives; throws what the first one threw if none does. */
    <T> T first(Function<Journal, T> question) {
        Answers<T> answers = new Answers<>(doors, question);
        Iterator<String> names = doors.order(leader.get()).iterator();
        RuntimeException failure = null;
        while (names.hasNext() || answers.isOwed()) {
            if (names.hasNext()) {
                answers.ask(names.next());
            }
            Answer<T> answer = answers.isOwed() ? answers.poll(names.hasNext() ? PATIENCE_NANOS : FOR_EVER) : null;
            T value = answer == null ? null : value(answer);
            if (value != null) {
                return value;
            }
            failure = failure != null || answer == null ? failure : answer.failure();
        }
        throw failure == null ? new IllegalStateException("no replica of the journal can be reached") : failure;
    }

    private static <T> @Nullable T value(Answer<T> answer) {
        if (answer.failure() != null) {
            LOG.debug("replica {} of the journal gave no answer", answer.name(), answer.failure());
        }
        return answer.value();
    }
}
