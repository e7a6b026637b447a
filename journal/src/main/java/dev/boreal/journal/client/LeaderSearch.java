package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.client.Answers.Answer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the replica that leads: asks one after the other until one answers for the journal, and follows the names that they give.
 * Any thread.
 */
final class LeaderSearch {
    private final Doors doors;
    private final ClientConfiguration configuration;
    private final BooleanSupplier closed;

    /** @param closed asked now and then; ends a search */
    LeaderSearch(Doors doors, ClientConfiguration configuration, BooleanSupplier closed) {
        this.doors = doors;
        this.configuration = configuration;
        this.closed = closed;
    }

    /**
     * How a search ended.
     *
     * @param replica who answered; null unless the journal was opened or resumed there
     */
    record Found(
            OpenOutcome outcome,
            @Nullable String replica,
            @Nullable Journal door) {
        static Found nowhere(OpenOutcome outcome) {
            return new Found(outcome, null, null);
        }
    }

    /**
     * Waits, at most for the configuration's timeout.
     *
     * @param question an open or a resume, put to one replica after the other
     * @param likely who is thought to lead
     * @param patienceMillis for the answer of each replica
     */
    Found find(Function<Journal, OpenOutcome> question, @Nullable String likely, long patienceMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
        OpenOutcome last = new OpenOutcome.Unavailable("no replica of the journal can be reached");
        String hint = likely;
        while (true) {
            for (String name : doors.order(hint)) {
                Journal door = doors.door(name);
                OpenOutcome outcome = door == null ? last : ask(name, door, question, patienceMillis);
                last = outcome;
                switch (outcome) {
                    case OpenOutcome.Opened opened
                    when door != null -> {
                        return new Found(opened, name, door);
                    }
                    case OpenOutcome.EpochMoved moved -> {
                        return Found.nowhere(moved);
                    }
                    case OpenOutcome.NotLeader(String named) when named != null && !named.equals(name) -> hint = named;
                    default -> {}
                }
                if (hint != null && outcome instanceof OpenOutcome.NotLeader && !hint.equals(name)) {
                    break;
                }
            }
            if (System.nanoTime() > deadline || closed.getAsBoolean()) {
                return Found.nowhere(
                        last instanceof OpenOutcome.Unavailable
                                ? last
                                : new OpenOutcome.Unavailable("no replica of the journal leads: " + last));
            }
            pause();
        }
    }

    /** A replica that stands still must not hold up the search; what it answers later counts for nothing. */
    private OpenOutcome ask(String name, Journal door, Function<Journal, OpenOutcome> question, long patienceMillis) {
        Answers<OpenOutcome> answers = new Answers<>(doors, question);
        answers.ask(name, door);
        Answer<OpenOutcome> answer = answers.poll(TimeUnit.MILLISECONDS.toNanos(patienceMillis));
        if (answer == null) {
            return new OpenOutcome.Unavailable("a replica did not answer in " + patienceMillis + " ms");
        }
        OpenOutcome outcome = answer.value();
        return outcome == null ? new OpenOutcome.Unavailable(String.valueOf(answer.failure())) : outcome;
    }

    /** Between two rounds. */
    void pause() {
        try {
            Thread.sleep(configuration.retryMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for the journal's leader", e);
        }
    }
}
