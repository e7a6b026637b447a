package dev.boreal.simulation.node;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.Decision;
import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.order.LeadEstimate;
import dev.boreal.adjudicator.tenure.Election;
import dev.boreal.adjudicator.tenure.Renewal;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.adjudicator.tenure.TenureEntry;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A candidate for the tenure of one journal: the real {@link Election} while it follows, the real {@link AdjudicatorCore} with
 * its {@link Renewal} while it leads. It performs their effects over links, in the order of
 * {@code adjudicator.service.JournaledAdjudicator}.
 */
public final class AdjudicatorNode extends Node {
    private static final long TICK = 4 * World.MILLISECOND;
    private static final long FIRST_LEAD = 200 * World.MICROSECOND;

    private final int journal;
    private final List<String> servers;
    private final AdjudicatorConfiguration configuration;
    private final TenureConfiguration tenures;
    private final Watch watch;
    private final PlantedBug bug;

    private Election election;
    private @Nullable Link follow;
    private @Nullable Link control;
    private int server;
    private boolean looking;
    private boolean opening;
    private @Nullable Leading leading;

    public AdjudicatorNode(
            World world,
            String name,
            String zone,
            SkewedClock clock,
            int journal,
            List<String> servers,
            AdjudicatorConfiguration configuration,
            TenureConfiguration tenures,
            Watch watch,
            PlantedBug bug) {
        super(world, name, zone, clock);
        this.journal = journal;
        this.servers = servers;
        this.configuration = configuration.withName(name);
        this.tenures = tenures;
        this.watch = watch;
        this.bug = bug;
        this.election = new Election(tenures, configuration.maximumLead().toNanos());
    }

    @Override
    protected void start() {
        election = new Election(tenures, configuration.maximumLead().toNanos());
        election.follows(0, true);
        connectControl();
        connectFollow();
        tick();
    }

    @Override
    protected void lost() {
        follow = null;
        control = null;
        looking = false;
        opening = false;
        leading = null;
    }

    public boolean isLeading() {
        return leading != null;
    }

    @Override
    public String describe() {
        return super.describe() + (leading == null ? "" : ", decides in epoch " + leading.tenure.epoch());
    }

    private void tick() {
        Leading now = leading;
        if (now != null) {
            now.renewIfDue();
            now.promise(0);
            now.core.expire(clock().latest());
        } else {
            step();
        }
        later(TICK, this::tick);
    }

    // Following -------------------------------------------------------------------------------------------------

    private void connectFollow() {
        follow = connect(servers.get(server), new JournalMessage.Subscribe(election.position()), new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                if (message instanceof JournalMessage.Entries(List<PositionedEntry> entries)) {
                    for (PositionedEntry entry : entries) {
                        election.followed(
                                entry.position(),
                                entry.epoch(),
                                entry.entry().timestamp(),
                                entry.entry().payload());
                    }
                    if (election.hasNews()) {
                        step();
                    }
                }
            }

            @Override
            public void onBroken() {
                follow = null;
                later(TICK * chance().between(1, 4), () -> {
                    election.follows(election.position(), true);
                    connectFollow();
                });
            }
        });
    }

    private void connectControl() {
        control = connect(servers.get(server), new JournalMessage.Writing(name()), new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                hear((JournalMessage) message);
            }

            @Override
            public void onBroken() {
                control = null;
                looking = false;
                if (opening) {
                    opening = false;
                    election.opened(new OpenOutcome.Unavailable("the link broke"), clock().now());
                }
                if (leading != null) {
                    leading.breakOff();
                }
                later(TICK * chance().between(1, 4), AdjudicatorNode.this::connectNext);
            }
        });
    }

    /** This server does not lead the journal; one of the others may. */
    private void goElsewhere() {
        if (control != null) {
            control.close(this);
        }
        control = null;
        looking = false;
        later(TICK, this::connectNext);
    }

    /**
     * Follows where it asks for the end: a replica tells as the end what it delivers itself, and while nobody leads it may
     * never deliver what another one has.
     */
    private void connectNext() {
        server = (server + 1) % servers.size();
        connectControl();
        if (follow != null) {
            follow.close(this);
            election.follows(election.position(), true);
            connectFollow();
        }
    }

    private void tell(JournalMessage message) {
        if (control != null) {
            control.send(this, message);
        }
    }

    private void step() {
        if (leading != null || opening || looking || control == null) {
            return;
        }
        switch (election.next(clock().now())) {
            case Election.Step.Sleep ignored -> {}
            case Election.Step.LookForEnd ignored -> {
                looking = true;
                tell(new JournalMessage.LookForEnd());
            }
            case Election.Step.LookFurtherBack ignored -> election.follows(election.position(), true);
            case Election.Step.Open(long expected) -> {
                opening = true;
                tell(new JournalMessage.Open(name(), expected));
            }
            case Election.Step.Lead(Tenure tenure) -> lead(tenure);
        }
    }

    private void hear(JournalMessage message) {
        Leading now = leading;
        switch (message) {
            case JournalMessage.End(long last, long epoch) -> {
                looking = false;
                election.endIs(last, epoch, clock().now());
                step();
            }
            case JournalMessage.Opened(OpenOutcome outcome) -> {
                opening = false;
                election.opened(outcome, clock().now());
                if (outcome instanceof OpenOutcome.NotLeader) {
                    goElsewhere();
                } else {
                    step();
                }
            }
            case JournalMessage.Durable(long number, long position) -> {
                if (now != null) {
                    now.durable(number, position);
                }
            }
            case JournalMessage.Refused(long number, AppendRefusal refusal) -> {
                if (now != null) {
                    now.refused(number, refusal);
                }
            }
            case JournalMessage.RequestAdvance(long timestamp) -> {
                if (now != null) {
                    now.promise(timestamp);
                }
            }
            default -> throw new IllegalStateException("a journal does not say " + message);
        }
    }

    private void lead(Tenure found) {
        Tenure tenure = bug == PlantedBug.SUCCESSOR_INSIDE_OLD_TENURE
                ? new Tenure(found.epoch(), found.notBefore() - tenures.length().toNanos(), found.journalEnd())
                : found;
        say("leads", tenure);
        watch.tenureBegins(journal, tenure.epoch(), name(), tenure.notBefore());
        Leading now = new Leading(tenure);
        leading = now;
        now.write(now.core.mark(clock().latest()));
    }

    // Leading ---------------------------------------------------------------------------------------------------

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return new LinkEnd() {
            @Override
            public void onMessage(Object message) {
                if (message instanceof ClientMessage.Commit(long number, CommitRequest request)) {
                    Answer answer =
                            outcome -> link.send(AdjudicatorNode.this, new ClientMessage.Outcome(number, outcome));
                    if (leading == null) {
                        answer.with(new CommitOutcome.Refused(RefusalReason.NOT_LEADER, name() + " does not decide"));
                    } else {
                        leading.commit(request, answer);
                    }
                }
            }

            @Override
            public void onBroken() {
                // The sender takes it as unknown.
            }
        };
    }

    private interface Answer {
        void with(CommitOutcome outcome);
    }

    private final class Leading {
        private final Tenure tenure;
        private final AdjudicatorCore core;
        private final LeadEstimate lead =
                LeadEstimate.adaptive(FIRST_LEAD, configuration.maximumLead().toNanos());
        private final TreeMap<Long, Pending> pending = new TreeMap<>();
        private long numbers;
        private long promised;
        private long lastIssued;

        Leading(Tenure tenure) {
            this.tenure = tenure;
            this.core = new AdjudicatorCore(
                    configuration, tenure, Renewal.every(tenures.length().toNanos()));
            this.lastIssued = tenure.notBefore();
        }

        private record Pending(
                long timestamp,
                long sentAt,
                @Nullable Answer answer,
                @Nullable TenureEntry tenureEntry) {}

        void commit(CommitRequest request, Answer answer) {
            long now = clock().latest();
            switch (core.decide(request, WriteFootprint.of(request.record().writes()), now, lead.nanos())) {
                case Decision.Answer given -> answer.with(given.outcome());
                case Decision.Append decided -> append(request, followingTheClock(decided, now), now, answer);
            }
        }

        private Decision.Append followingTheClock(Decision.Append decided, long now) {
            if (bug != PlantedBug.TIMESTAMP_NOT_ABOVE_SNAPSHOT) {
                lastIssued = decided.timestamp();
                return decided;
            }
            lastIssued = Math.max(Math.max(lastIssued, promised) + 1, now);
            return new Decision.Append(lastIssued, decided.footprints());
        }

        private void append(CommitRequest request, Decision.Append append, long now, Answer answer) {
            watch.issued(journal, tenure.epoch(), append.timestamp());
            hand(
                    new JournalEntry(append.timestamp(), request.record().bytes()),
                    new Pending(append.timestamp(), now, answer, null));
            if (bug != PlantedBug.ADJUDICATOR_FORGETS_WRITE_SET || !chance().oneIn(8)) {
                core.appended(request, append);
            }
            if (bug == PlantedBug.ADJUDICATOR_ANSWERS_BEFORE_DURABLE) {
                answerWhenPassed(append.timestamp(), answer);
            }
        }

        private void hand(JournalEntry entry, Pending waiting) {
            long promise = core.promiseBefore(entry.timestamp());
            if (promise > promised) {
                tell(new JournalMessage.Heartbeat(tenure.epoch(), promise));
            }
            promised = Math.max(promised, entry.timestamp());
            pending.put(++numbers, waiting);
            tell(new JournalMessage.Append(numbers, tenure.epoch(), entry));
        }

        void promise(long requested) {
            if (requested != 0 && requested <= promised) {
                return;
            }
            long promise = core.promise(requested, clock().latest(), lead.nanos());
            if (promise != 0) {
                promised = promise;
                tell(new JournalMessage.Heartbeat(tenure.epoch(), promise));
            }
        }

        void renewIfDue() {
            TenureEntry due = core.renew(clock().latest());
            if (due != null) {
                write(due);
            }
        }

        void write(TenureEntry entry) {
            hand(entry.entry(name()), new Pending(entry.timestamp(), clock().latest(), null, entry));
        }

        void durable(long number, long position) {
            Pending done = pending.remove(number);
            if (done == null) {
                return;
            }
            watch.acknowledged(journal, position, done.timestamp);
            if (done.tenureEntry != null) {
                TenureEntry durable = bug == PlantedBug.EXPIRED_TENURE_STILL_USED
                        ? new TenureEntry(done.tenureEntry.timestamp(), done.tenureEntry.notAfter() + 10 * World.SECOND)
                        : done.tenureEntry;
                core.tenureDurable(durable);
                watch.tenureLasts(journal, tenure.epoch(), core.notAfter());
            }
            if (done.answer != null && bug != PlantedBug.ADJUDICATOR_ANSWERS_BEFORE_DURABLE) {
                lead.add(clock().latest() - done.sentAt);
                answerWhenPassed(done.timestamp, done.answer);
            }
        }

        private void answerWhenPassed(long timestamp, Answer answer) {
            long left = timestamp + 1 - clock().earliest();
            if (left <= 0 || bug == PlantedBug.ADJUDICATOR_SKIPS_CLOCK_WAIT) {
                answer.with(new CommitOutcome.Committed(timestamp));
            } else {
                later(Math.min(left, 10 * World.MILLISECOND), () -> answerWhenPassed(timestamp, answer));
            }
        }

        void refused(long number, AppendRefusal refusal) {
            Pending done = pending.remove(number);
            if (done == null) {
                return;
            }
            if (done.tenureEntry != null) {
                core.tenureRefused(done.tenureEntry);
            }
            CommitOutcome outcome = switch (refusal) {
                case AppendRefusal.NotMonotonic(long last) -> {
                    core.skipTo(last);
                    yield new CommitOutcome.Refused(RefusalReason.OVERLOADED, "the journal has seen " + last);
                }
                case AppendRefusal.Unavailable(String message, boolean mayBeDurable) -> {
                    stepDown(message);
                    yield mayBeDurable
                            ? new CommitOutcome.Indeterminate(message)
                            : new CommitOutcome.Refused(RefusalReason.JOURNAL_UNAVAILABLE, message);
                }
                default -> {
                    stepDown(refusal.toString());
                    yield new CommitOutcome.Refused(RefusalReason.NOT_LEADER, refusal.toString());
                }
            };
            if (done.answer != null && bug != PlantedBug.ADJUDICATOR_ANSWERS_BEFORE_DURABLE) {
                done.answer.with(outcome);
            }
        }

        /** The journal can be heard no more: what was on its way there may have arrived. */
        void breakOff() {
            stepDown("the link to the journal broke");
        }

        private void stepDown(String why) {
            if (leading == this) {
                say("steps down", why);
                leading = null;
                election.ended();
                List<Pending> open = new ArrayList<>(pending.values());
                pending.clear();
                for (Pending each : open) {
                    if (each.answer != null && bug != PlantedBug.ADJUDICATOR_ANSWERS_BEFORE_DURABLE) {
                        each.answer.with(new CommitOutcome.Indeterminate(why));
                    }
                }
            }
        }
    }
}
