package dev.boreal.simulation.node;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.Attempt.Ending;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.workload.Plan;
import dev.boreal.simulation.workload.Workload;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A query processor with some sessions, each of which runs transactions one after another: a snapshot from its clock, reads at
 * a storage replica (at another one if it does not answer), one commit request, built by the real transaction buffer, to the
 * adjudicator that decides. What the client is told becomes the history.
 */
public final class QueryProcessorNode extends Node {
    private static final long READ_PATIENCE = 500 * World.MILLISECOND;
    private static final long COMMIT_PATIENCE = 1_500 * World.MILLISECOND;
    private static final int MOST_TRIES = 12;

    private final List<String> storages;
    private final List<List<String>> adjudicators;
    private final Workload workload;
    private final History history;
    private final PlantedBug bug;
    private final int sessions;
    private final TreeMap<String, Peer> peers = new TreeMap<>();
    private final TreeMap<Long, Session> commits = new TreeMap<>();
    private final TreeMap<Long, Session> reads = new TreeMap<>();
    private final int[] deciding;
    private final List<Attempt> open = new ArrayList<>();
    private long numbers;

    /**
     * @param storages the nearest first
     * @param adjudicators per shard the candidates
     */
    public QueryProcessorNode(
            World world,
            String name,
            String zone,
            SkewedClock clock,
            List<String> storages,
            List<List<String>> adjudicators,
            Workload workload,
            int sessions,
            History history,
            PlantedBug bug) {
        super(world, name, zone, clock);
        this.storages = storages;
        this.adjudicators = adjudicators;
        this.workload = workload;
        this.sessions = sessions;
        this.history = history;
        this.bug = bug;
        this.deciding = new int[adjudicators.size()];
    }

    @Override
    protected void start() {
        for (int i = 0; i < sessions; i++) {
            Session session = new Session(name() + "/" + i, chance().fork());
            later(chance().below((int) (5 * World.MILLISECOND)), session::next);
        }
    }

    @Override
    protected void lost() {
        peers.clear();
        commits.clear();
        reads.clear();
        for (Attempt attempt : open) {
            attempt.end(Ending.UNKNOWN, 0, world().now(), "its query processor crashed");
        }
        open.clear();
    }

    /** A link to a peer, made when it is needed. */
    private final class Peer implements LinkEnd {
        private final String name;
        private final Link link;

        Peer(String name) {
            this.name = name;
            this.link = connect(name, new ClientMessage.Hello(QueryProcessorNode.this.name()), this);
        }

        @Override
        public void onMessage(Object message) {
            switch (message) {
                case ClientMessage.Values(long number, SortedMap<Item, Numbers> values) -> {
                    Session session = reads.remove(number);
                    if (session != null) {
                        session.values(values);
                    }
                }
                case ClientMessage.ReadFailed(long number, String why) -> {
                    Session session = reads.remove(number);
                    if (session != null) {
                        session.readElsewhere(why);
                    }
                }
                case ClientMessage.Outcome(long number, CommitOutcome outcome) -> {
                    Session session = commits.remove(number);
                    if (session != null) {
                        session.outcome(outcome);
                    }
                }
                default -> throw new IllegalStateException("no peer says " + message);
            }
        }

        @Override
        public void onBroken() {
            peers.remove(name);
            for (Session session : of(reads)) {
                session.readElsewhere("the link to " + name + " broke");
            }
            for (Session session : of(commits)) {
                session.unknown("the link to " + name + " broke");
            }
        }

        private List<Session> of(Map<Long, Session> asked) {
            List<Session> mine = new ArrayList<>();
            asked.values().removeIf(session -> session.peer.equals(name) && mine.add(session));
            return mine;
        }
    }

    private void send(String peer, ClientMessage message) {
        Peer known = peers.get(peer);
        if (known == null) {
            known = new Peer(peer);
            peers.put(peer, known);
        }
        known.link.send(this, message);
    }

    private final class Session {
        private final String name;
        private final Chance chance;
        private @Nullable Attempt attempt;
        private String peer = "";
        private int storage;
        private int tries;
        private boolean again;
        private @Nullable CommitRequest request;
        private int shard;

        Session(String name, Chance chance) {
            this.name = name;
            this.chance = chance;
        }

        void next() {
            Plan plan = workload.next(chance);
            if (plan == null) {
                later(20 * World.MILLISECOND, this::next);
                return;
            }
            long snapshot = bug == PlantedBug.READER_TAKES_EARLIEST_TIME ? clock().earliest() : clock().latest();
            Attempt begun = history.begin(name, plan, world().now(), snapshot);
            attempt = begun;
            open.add(begun);
            tries = 0;
            again = false;
            storage = 0;
            if (plan.reads().isEmpty()) {
                values(new TreeMap<>());
            } else {
                read();
            }
        }

        private Attempt running() {
            Attempt running = attempt;
            if (running == null) {
                throw new IllegalStateException(name + " runs nothing");
            }
            return running;
        }

        // Reading -----------------------------------------------------------------------------------------------

        private void read() {
            long number = ++numbers;
            peer = storages.get(storage);
            reads.put(number, this);
            send(
                    peer,
                    new ClientMessage.Read(
                            number, running().snapshot(), running().plan().reads()));
            later(READ_PATIENCE, () -> {
                if (reads.remove(number) != null) {
                    readElsewhere("no answer in time");
                }
            });
        }

        void readElsewhere(String why) {
            if (++tries >= MOST_TRIES) {
                end(Ending.ABORTED, 0, "cannot read: " + why);
                return;
            }
            storage = (storage + 1) % storages.size();
            later(World.MILLISECOND * chance.between(1, 8), this::read);
        }

        void values(SortedMap<Item, Numbers> values) {
            Attempt running = running();
            if (again) {
                running.readAgain(values);
                end(Ending.COMMITTED, 0, "read only");
                return;
            }
            running.read(values);
            if (running.plan().readsTwice()) {
                again = true;
                storage = chance.below(storages.size());
                later(chance.below((int) (10 * World.MILLISECOND)), this::read);
                return;
            }
            later(chance.below((int) World.MILLISECOND), this::write);
        }

        // Committing --------------------------------------------------------------------------------------------

        private void write() {
            Attempt running = running();
            TreeMap<Item, Numbers> writes = new TreeMap<>();
            running.plan().body().write(running.reads(), writes);
            if (writes.isEmpty()) {
                end(Ending.COMMITTED, 0, "read only");
                return;
            }
            running.wrote(writes);
            shard = writes.firstKey().shard();
            request = CommitBuilder.build(running.id(), running.snapshot(), name, running.reads(), writes);
            tries = 0;
            commit();
        }

        private void commit() {
            CommitRequest asked = request;
            if (asked == null) {
                throw new IllegalStateException(name + " has nothing to commit");
            }
            long number = ++numbers;
            List<String> candidates = adjudicators.get(shard);
            peer = candidates.get(deciding[shard] % candidates.size());
            commits.put(number, this);
            send(peer, new ClientMessage.Commit(number, asked));
            later(COMMIT_PATIENCE, () -> {
                if (commits.remove(number) != null) {
                    unknown("no answer in time");
                }
            });
        }

        void outcome(CommitOutcome outcome) {
            switch (outcome) {
                case CommitOutcome.Committed(long timestamp) -> end(Ending.COMMITTED, timestamp, "");
                case CommitOutcome.Conflicted conflicted ->
                    end(
                            Ending.ABORTED,
                            0,
                            "conflict with T" + conflicted.conflict().winnerTransactionId());
                case CommitOutcome.Indeterminate(String message) -> unknown(message);
                case CommitOutcome.Refused(RefusalReason reason, String message) -> {
                    if (reason == RefusalReason.SNAPSHOT_TOO_OLD || ++tries >= MOST_TRIES) {
                        end(Ending.ABORTED, 0, message);
                    } else {
                        if (reason != RefusalReason.OVERLOADED) {
                            deciding[shard]++;
                        }
                        later(World.MILLISECOND * chance.between(2, 20), this::commit);
                    }
                }
            }
        }

        void unknown(String why) {
            deciding[shard]++;
            end(Ending.UNKNOWN, 0, why);
        }

        private void end(Ending how, long timestamp, String why) {
            Attempt ended = running();
            ended.end(how, timestamp, world().now(), why);
            open.remove(ended);
            say("ends", ended);
            attempt = null;
            later(World.MILLISECOND + chance.below((int) (12 * World.MILLISECOND)), this::next);
        }
    }
}
