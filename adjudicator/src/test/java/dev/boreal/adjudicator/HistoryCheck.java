package dev.boreal.adjudicator;

import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.clock.Chance;
import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs random requests through a core and through the plainest model of the rule: a list of all commits, searched from
 * its end. Answers what disagreed, or null. Time jumps, so that generations expire; keys are few, so that conflicts are
 * many.
 */
final class HistoryCheck {
    private static final long RETENTION = 10_000;

    private final Chance chance;
    private final AdjudicatorCore core;
    private final int forgetOneIn;
    private final List<Commit> commits = new ArrayList<>();
    private long now = 1_000_000;
    private int conflicts;
    private int rangeConflicts;
    private int tooOld;

    /** @param forgetOneIn plants a bug: one commit in so many is not remembered; 0 for none */
    HistoryCheck(long seed, AdjudicatorCore core, int forgetOneIn) {
        this.chance = new Chance(seed);
        this.core = core;
        this.forgetOneIn = forgetOneIn;
    }

    private record Commit(CommitRequest request, long timestamp, List<byte[]> keys, List<KeyRange> purges) {}

    static AdjudicatorConfiguration configuration() {
        return AdjudicatorConfiguration.defaults()
                .withMaximumLead(Duration.ofNanos(1_000))
                .withRetention(Duration.ofNanos(RETENTION))
                .withFixedLead(Duration.ZERO);
    }

    @Nullable String run(int requests) {
        for (int i = 0; i < requests; i++) {
            now += chance.oneIn(200) ? chance.below(30_000) : chance.below(20);
            if (chance.oneIn(50)) {
                core.expire(now);
            }
            String difference = step(i + 1);
            if (difference != null) {
                return "request " + i + ": " + difference;
            }
        }
        return null;
    }

    private @Nullable String step(long id) {
        Drawn drawn = draw(id);
        CommitRequest request = drawn.request;
        WriteFootprint footprint = WriteFootprint.of(request.record().writes());
        Decision decision = core.decide(request, footprint, now, 0);
        Commit winner = winnerByPoint(request);
        boolean rangeHit = hitByRange(request);
        switch (decision) {
            case Decision.Append append -> {
                if (winner != null || rangeHit) {
                    return "missed a conflict of " + request + " with " + winner;
                }
                long last = commits.isEmpty() ? 0 : commits.getLast().timestamp;
                if (append.timestamp() <= last || append.timestamp() <= request.snapshot()) {
                    return "timestamp " + append.timestamp() + " does not rise above " + last;
                }
                if (forgetOneIn == 0 || !chance.oneIn(forgetOneIn)) {
                    core.appended(request, append);
                }
                commits.add(new Commit(request, append.timestamp(), drawn.keys, drawn.purges));
            }
            case Decision.Answer(CommitOutcome.Conflicted(var conflict)) -> {
                conflicts++;
                if (conflict.accessIndex() >= 0) {
                    if (winner == null || winner.timestamp != conflict.winnerTimestamp()) {
                        return "found " + conflict + ", expected " + winner;
                    }
                    if (conflict.winnerTransactionId() != winner.request.transactionId()
                            || !conflict.winnerSession().equals(winner.request.session())) {
                        return "named " + conflict + ", expected " + winner;
                    }
                } else {
                    rangeConflicts++;
                    if (winner != null || !rangeHit) {
                        return "range conflict that is none: " + conflict;
                    }
                }
            }
            case Decision.Answer(CommitOutcome.Refused refused) -> {
                tooOld++;
                if (request.snapshot() >= now - RETENTION) {
                    return "refused a snapshot within the retention: " + refused;
                }
            }
            case Decision.Answer answer -> {
                return "unexpected " + answer;
            }
        }
        return null;
    }

    private record Drawn(CommitRequest request, List<byte[]> keys, List<KeyRange> purges) {}

    private Drawn draw(long id) {
        long snapshot = now - (chance.oneIn(10) ? chance.below((int) (RETENTION * 3 / 2)) : chance.below(200));
        TreeMap<byte[], AccessMode> points = new TreeMap<>(Arrays::compareUnsigned);
        int count = chance.between(1, 4);
        for (int i = 0; i < count; i++) {
            points.put(key(), AccessMode.ofCode(chance.below(4)));
        }
        WriteSet.Builder writes = new WriteSet.Builder(0);
        List<byte[]> keys = new ArrayList<>();
        long[] fingerprints = new long[points.size()];
        byte[] modes = new byte[points.size()];
        int at = 0;
        for (var point : points.entrySet()) {
            fingerprints[at] = KeyFingerprint.of(point.getKey());
            modes[at++] = point.getValue().code();
            if (point.getValue() == AccessMode.WRITE || point.getValue() == AccessMode.KEY_WRITE) {
                writes.put(point.getKey(), new byte[] {7});
                keys.add(point.getKey());
            }
        }
        List<KeyRange> purges = new ArrayList<>();
        if (chance.oneIn(60)) {
            KeyRange purge = range();
            purges.add(purge);
            writes.purge(purge.from(), purge.to());
        }
        List<KeyRange> ranges = new ArrayList<>();
        if (chance.oneIn(5)) {
            ranges.add(range());
        }
        return new Drawn(
                Requests.of(id, snapshot, new Accesses(fingerprints, modes, ranges), writes.build()), keys, purges);
    }

    private byte[] key() {
        return chance.oneIn(4)
                ? new byte[] {(byte) chance.below(4)}
                : new byte[] {(byte) chance.below(4), (byte) chance.below(64)};
    }

    private KeyRange range() {
        byte[] a = key();
        byte[] b = chance.oneIn(10) ? Keys.EMPTY : key();
        return b.length != 0 && Arrays.compareUnsigned(a, b) > 0 ? new KeyRange(b, a) : new KeyRange(a, b);
    }

    private @Nullable Commit winnerByPoint(CommitRequest request) {
        Accesses mine = request.accesses();
        for (int i = 0; i < mine.points(); i++) {
            for (int c = commits.size() - 1; c >= 0 && commits.get(c).timestamp > request.snapshot(); c--) {
                Accesses theirs = commits.get(c).request.accesses();
                for (int j = 0; j < theirs.points(); j++) {
                    AccessMode their = AccessMode.ofCode(theirs.modes()[j]);
                    if (theirs.fingerprints()[j] == mine.fingerprints()[i]
                            && their != AccessMode.READ
                            && their.conflictsWith(AccessMode.ofCode(mine.modes()[i]))) {
                        return commits.get(c);
                    }
                }
            }
        }
        return null;
    }

    private boolean hitByRange(CommitRequest request) {
        for (KeyRange range : request.accesses().readRanges()) {
            for (int c = commits.size() - 1; c >= 0 && commits.get(c).timestamp > request.snapshot(); c--) {
                if (commits.get(c).keys.stream().anyMatch(range::contains)
                        || commits.get(c).purges.stream().anyMatch(range::overlaps)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the run met every case often enough to mean something. */
    boolean wasRich() {
        return conflicts > 500 && rangeConflicts > 50 && tooOld > 50 && commits.size() > 1_000;
    }
}
