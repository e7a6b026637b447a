package dev.boreal.journal.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a quorum tries to lead: collects promises from a majority and finds the longest log among them. That one
 * holds everything that may have been committed before (Paxos, phase 1; "Viewstamped Replication Revisited", section 4.2, takes
 * the log with the highest view and then the most operations in the same way). Not thread-safe.
 */
final class Ballot {
    final long term;
    final long begun;
    private final int majority;
    private final TreeMap<String, Message.Promise> promises = new TreeMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Runnable> failing = new ArrayList<>();
    private @Nullable String source;
    private Message.@Nullable Promise target;

    Ballot(long term, int voters, long begun) {
        this.term = term;
        this.begun = begun;
        majority = voters / 2 + 1;
    }

    /** Ballots of one replica are never those of another: they are congruent to its number among the voters. */
    static long next(long above, int number, int voters) {
        long round = above / voters;
        long candidate = round * voters + number;
        return candidate > above ? candidate : candidate + voters;
    }

    static int owner(long term, int voters) {
        return (int) (term % voters);
    }

    /** Runs one of them when the ballot is won or lost. */
    void await(Runnable won, Runnable lost) {
        waiting.add(won);
        failing.add(lost);
    }

    void promised(String voter, Message.Promise promise) {
        promises.put(voter, promise);
    }

    boolean hasPromiseOf(String voter) {
        return promises.containsKey(voter);
    }

    /** Whether a majority with the candidate itself has promised and nobody's log was chosen yet. */
    boolean canChoose(String self) {
        return source == null && promises.size() >= majority && promises.containsKey(self);
    }

    /** Chooses the longest log, the own one if it is one of those. */
    String choose(String self) {
        String best = self;
        Message.Promise longest = promises.get(self);
        for (var each : promises.entrySet()) {
            Message.Promise promise = each.getValue();
            if (longest == null
                    || promise.lastTerm() > longest.lastTerm()
                    || promise.lastTerm() == longest.lastTerm() && promise.lastIndex() > longest.lastIndex()) {
                best = each.getKey();
                longest = promise;
            }
        }
        source = best;
        target = longest;
        return best;
    }

    boolean takesOverFrom(String voter) {
        return voter.equals(source);
    }

    @Nullable String source() {
        return source;
    }

    boolean isTakenOver(long lastIndex, long lastTerm) {
        return target != null && target.lastIndex() == lastIndex && target.lastTerm() == lastTerm;
    }

    /** Where to begin to fetch from the chosen log. */
    long targetIndex() {
        return target == null ? 0 : target.lastIndex();
    }

    void won() {
        waiting.forEach(Runnable::run);
    }

    void lost() {
        failing.forEach(Runnable::run);
    }
}
