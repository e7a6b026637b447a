package dev.boreal.adjudicator.tenure;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.Decision;
import dev.boreal.adjudicator.Requests;
import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.tenure.Election.Step;
import dev.boreal.clock.Chance;
import dev.boreal.clock.TimeBounds;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Candidates and one journal in virtual time, from one seed: messages are late, clocks are off and jump, candidates pause,
 * and so do leaders with commits and promises on the way. A promise may be heard by some subscriber though the journal
 * never knew it: the worst that can happen to it. {@link #run} answers which rule was broken, or null.
 */
final class ElectionWorld {
    static final long MILLISECOND = 1_000_000;
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long LENGTH = 300 * MILLISECOND;
    private static final long ERROR = 2 * MILLISECOND;
    private static final int KEYS = 6;

    /** What a candidate does wrong. */
    enum Bug {
        NONE,
        STARTS_INSIDE_THE_OLD_TENURE,
        TRUSTS_THE_TENURE_SEEN_BEFORE_IT_OPENED,
        LEADER_IGNORES_ITS_END,
        JUDGES_SNAPSHOTS_FROM_BEFORE_ITS_TENURE
    }

    private final Chance chance;
    private final Bug bug;
    private final boolean wildClocks;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<PositionedEntry> log = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    private final Map<Long, CommitRequest> requests = new HashMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> tenures = new HashSet<>();
    private long now = START;
    private long scheduled;
    private long epoch;
    private long lastTimestamp;
    private long transactions;
    private @Nullable String broken;

    private record Event(long at, long number, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Somebody heard, in this epoch, that nothing at or below the timestamp follows these entries. */
    private record Promise(long epoch, long timestamp) {}

    ElectionWorld(long seed, int candidates, boolean wildClocks, Bug bug) {
        this.chance = new Chance(seed);
        this.bug = bug;
        this.wildClocks = wildClocks;
        for (int i = 0; i < candidates; i++) {
            this.candidates.add(new Candidate(i));
        }
    }

    int tenures() {
        return tenures.size();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    @Nullable String run(long millis) {
        for (Candidate candidate : candidates) {
            candidate.act();
        }
        long end = now + millis * MILLISECOND;
        while (now < end && broken == null) {
            Event next = events.remove();
            now = next.at;
            next.run.run();
        }
        return broken != null ? broken : check();
    }

    private void after(long nanos, Runnable run) {
        events.add(new Event(now + nanos, scheduled++, run));
    }

    private @Nullable String check() {
        Map<Integer, Long> lastWrite = new HashMap<>();
        Set<Long> present = new HashSet<>();
        for (PositionedEntry entry : log) {
            for (Promise promise : promises) {
                if (promise.epoch < entry.epoch()
                        && entry.entry().timestamp() <= promise.timestamp
                        && isCommit(entry)) {
                    return entry.entry().timestamp() + " of epoch " + entry.epoch() + " lies below what epoch "
                            + promise.epoch + " had promised: " + promise.timestamp;
                }
            }
            if (isCommit(entry)) {
                long id = TransactionRecord.transactionIdOf(entry.entry().payload());
                present.add(id);
                CommitRequest request = requests.get(id);
                int key = (int) (id % KEYS);
                long before = lastWrite.getOrDefault(key, 0L);
                if (request == null || request.snapshot() < before) {
                    return "lost update: " + request + " did not see the commit at " + before;
                }
                lastWrite.put(key, entry.entry().timestamp());
            }
        }
        return present.containsAll(acknowledged) ? null : "an acknowledged commit is not in the journal";
    }

    private static boolean isCommit(PositionedEntry entry) {
        return TransactionRecord.kindOf(entry.entry().payload()) == TransactionRecord.Kind.COMMIT;
    }

    private final class Candidate {
        private final Election election;
        private final AdjudicatorConfiguration configuration = AdjudicatorConfiguration.defaults()
                .withFixedLead(Duration.ofNanos(MILLISECOND))
                .withRetention(Duration.ofSeconds(100));
        private long settled;
        private long offset;
        private long pausedUntil;
        private int followed;
        private long seenBeforeOpening;
        private @Nullable AdjudicatorCore core;
        private long leads;
        private long channelFree;

        Candidate(int rank) {
            TenureConfiguration tenure = TenureConfiguration.defaults()
                    .withLength(Duration.ofNanos(LENGTH))
                    .withRank(rank);
            election = new Election(tenure, configuration.maximumLead().toNanos());
            election.follows(0, true);
            settled = chance.between((int) -ERROR, (int) ERROR);
            offset = settled;
        }

        private TimeBounds clock() {
            return new TimeBounds(now + offset - ERROR, now + offset + ERROR);
        }

        /** What travels to the journal arrives in order, late. */
        private void send(Runnable atJournal) {
            long arrival = Math.max(channelFree, now + chance.below(chance.oneIn(50) ? 400_000_000 : 3_000_000));
            channelFree = arrival + 1;
            after(arrival - now, atJournal);
        }

        /** Answers wait while the candidate is paused. */
        private void answer(Runnable atCandidate) {
            after(chance.below(3_000_000), () -> after(Math.max(0, pausedUntil - now), atCandidate));
        }

        private void act() {
            if (now >= pausedUntil) {
                maybeDisturb();
                follow();
                for (Step step = election.next(clock());
                        !(step instanceof Step.Sleep) && step != null;
                        step = perform(step) ? election.next(clock()) : null) {
                    // Until it sleeps, or waits for an answer.
                }
                lead();
            }
            after(MILLISECOND + chance.below(4_000_000), this::act);
        }

        private void maybeDisturb() {
            if (chance.oneIn(400)) {
                pausedUntil = now + chance.below(1_000) * MILLISECOND;
            }
            if (wildClocks && offset != settled) {
                offset = chance.oneIn(2) ? settled : offset;
            } else if (wildClocks && chance.oneIn(60)) {
                offset = settled + chance.between(-800, 800) * MILLISECOND;
            } else if (wildClocks && chance.oneIn(300)) {
                settled = chance.between(-500, 500) * MILLISECOND;
                offset = settled;
            }
            if (chance.oneIn(2_000) && core != null) {
                core = null;
                election.ended();
            }
        }

        private void follow() {
            int upTo = chance.oneIn(10) ? followed + chance.below(3) : log.size();
            while (followed < Math.min(upTo, log.size())) {
                PositionedEntry entry = log.get(followed++);
                election.followed(
                        entry.position(),
                        entry.epoch(),
                        entry.entry().timestamp(),
                        entry.entry().payload());
            }
        }

        /** False if an answer is awaited. */
        private boolean perform(Step step) {
            switch (step) {
                case Step.Sleep ignored -> {
                    return false;
                }
                case Step.LookForEnd ignored -> election.endIs(log.size(), epoch, clock());
                case Step.LookFurtherBack ignored -> throw new IllegalStateException("there is nothing before");
                case Step.Open(long expected) -> {
                    seenBeforeOpening = election.notAfter();
                    after(chance.below(chance.oneIn(3) ? 400_000_000 : 3_000_000), () -> {
                        OpenOutcome outcome = open(expected);
                        boolean lost = chance.oneIn(20);
                        answer(() -> {
                            election.opened(lost ? new OpenOutcome.Unavailable("lost") : outcome, clock());
                            beginWrongly(outcome);
                        });
                    });
                    return false;
                }
                case Step.Lead(Tenure tenure) -> begin(tenure);
            }
            return true;
        }

        private OpenOutcome open(long expected) {
            if (expected != epoch) {
                return new OpenOutcome.EpochMoved(epoch, "another");
            }
            epoch++;
            return new OpenOutcome.Opened(epoch, log.size(), lastTimestamp);
        }

        /** A candidate with a bug begins as soon as it has opened, above what it takes for enough. */
        private void beginWrongly(OpenOutcome outcome) {
            if (outcome instanceof OpenOutcome.Opened opened) {
                if (bug == Bug.STARTS_INSIDE_THE_OLD_TENURE) {
                    begin(Tenure.succeed(opened, opened.lastTimestamp()));
                } else if (bug == Bug.TRUSTS_THE_TENURE_SEEN_BEFORE_IT_OPENED) {
                    begin(Tenure.succeed(opened, Math.max(opened.lastTimestamp(), seenBeforeOpening)));
                }
            }
        }

        private void begin(Tenure tenure) {
            if (leads == tenure.epoch()) {
                return;
            }
            Renewal renewal = bug == Bug.LEADER_IGNORES_ITS_END ? Renewal.unlimited() : Renewal.every(LENGTH);
            core = new AdjudicatorCore(configuration, tenure, renewal);
            leads = tenure.epoch();
            if (bug == Bug.LEADER_IGNORES_ITS_END) {
                append(new TenureEntry(clock().latest(), clock().latest() + LENGTH));
            } else {
                append(core.mark(clock().latest()));
            }
        }

        private void lead() {
            AdjudicatorCore leading = core;
            if (leading == null) {
                return;
            }
            TenureEntry due = leading.renew(clock().latest());
            if (due != null) {
                append(due);
            }
            for (int i = chance.below(4); i > 0; i--) {
                commit(leading);
            }
            long promise = leading.promise(0, clock().latest(), MILLISECOND);
            if (promise != 0) {
                promise(promise);
            }
        }

        private void commit(AdjudicatorCore leading) {
            long id = ++transactions;
            long snapshot = now - chance.below(200) * MILLISECOND;
            if (bug == Bug.JUDGES_SNAPSHOTS_FROM_BEFORE_ITS_TENURE) {
                snapshot = Math.max(snapshot, leading.tenure().notBefore());
            }
            CommitRequest asked = Requests.of(id, snapshot, AccessMode.WRITE, new byte[] {(byte) (id % KEYS)});
            long honest = bug == Bug.JUDGES_SNAPSHOTS_FROM_BEFORE_ITS_TENURE
                    ? now - chance.below(200) * MILLISECOND
                    : snapshot;
            requests.put(id, Requests.of(id, honest, AccessMode.WRITE, new byte[] {(byte) (id % KEYS)}));
            WriteFootprint footprint = WriteFootprint.of(asked.record().writes());
            if (leading.decide(asked, footprint, clock().latest(), MILLISECOND) instanceof Decision.Append append) {
                promise(leading.promiseBefore(append.timestamp()));
                leading.appended(asked, append);
                JournalEntry entry =
                        new JournalEntry(append.timestamp(), asked.record().bytes());
                long from = leads;
                send(() -> {
                    if (accepted(from, entry)) {
                        answer(() -> acknowledged.add(id));
                    } else {
                        answer(() -> fenced(from));
                    }
                });
            }
        }

        private void append(TenureEntry record) {
            AdjudicatorCore owner = core;
            long from = leads;
            send(() -> {
                if (accepted(from, record.entry("candidate"))) {
                    tenures.add(from);
                    answer(() -> {
                        if (core == owner && owner != null && bug != Bug.LEADER_IGNORES_ITS_END) {
                            owner.tenureDurable(record);
                        }
                    });
                } else {
                    answer(() -> fenced(from));
                }
            });
        }

        private void fenced(long from) {
            if (core != null && leads == from) {
                core = null;
                election.ended();
            }
        }

        private void promise(long timestamp) {
            Promise promise = new Promise(leads, timestamp);
            if (chance.oneIn(10)) {
                promises.add(promise);
            }
            boolean known = chance.oneIn(2);
            send(() -> {
                if (known && promise.epoch == epoch) {
                    lastTimestamp = Math.max(lastTimestamp, timestamp);
                }
            });
        }
    }

    private boolean accepted(long from, JournalEntry entry) {
        if (from != epoch) {
            return false;
        }
        if (entry.timestamp() <= lastTimestamp && !log.isEmpty()) {
            return false;
        }
        lastTimestamp = entry.timestamp();
        log.add(new PositionedEntry(log.size() + 1L, from, entry));
        return true;
    }
}
