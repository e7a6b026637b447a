package dev.boreal.journal.replica;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.JournalOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Replicas whose messages arrive in the order sent and whose disks work when nothing is on its way: writes down who said what. */
final class Conversation implements SimulatedWorld {
    private static final long MILLI = 1_000_000;

    private record Letter(String from, String to, Message message) {}

    private final Map<String, SimulatedReplica> replicas = new LinkedHashMap<>();
    private final Deque<Letter> letters = new ArrayDeque<>();
    private final List<SimulatedReplica> working = new ArrayList<>();
    private final Set<String> cuts = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private final Chance chance = new Chance(1);
    private long now = 1_000 * MILLI;
    private long timestamp;

    Conversation(String... names) {
        for (String name : names) {
            SimulatedReplica replica = new SimulatedReplica(name, this, ReplicaConfiguration.defaults());
            replicas.put(name, replica);
            replica.start();
        }
        for (String one : names) {
            for (String other : names) {
                if (!one.equals(other)) {
                    replica(one).core().connected(other, now);
                }
            }
        }
    }

    /** A line for people. */
    void say(String line) {
        text.append("# ").append(line).append('\n');
    }

    String text() {
        return text.toString();
    }

    SimulatedReplica replica(String name) {
        return Objects.requireNonNull(replicas.get(name));
    }

    void plan(JournalPlan plan, String... at) {
        for (String name : at) {
            replica(name).core().plan(plan, now);
        }
        settle();
    }

    void open(String at, String owner, long expectedEpoch) {
        replica(at).core().open(owner, expectedEpoch, advance -> {}, outcome -> answered(at, outcome), now);
        settle();
    }

    private void answered(String at, OpenOutcome outcome) {
        text.append(at).append(" => ").append(outcome).append('\n');
    }

    /** Gives an entry to a replica; nothing is delivered yet. */
    void append(String at, long epoch) {
        timestamp += 10;
        long mine = timestamp;
        replica(at)
                .core()
                .append(epoch, JournalOrder.ANY_POSITION, new JournalEntry(mine, new byte[3]), new AppendListener() {
                    @Override
                    public void onDurable(long position) {
                        text.append(at)
                                .append(" => entry of ")
                                .append(mine)
                                .append(" has position ")
                                .append(position);
                        text.append('\n');
                    }

                    @Override
                    public void onRefused(AppendRefusal refusal) {
                        text.append(at)
                                .append(" => entry of ")
                                .append(mine)
                                .append(": ")
                                .append(refusal);
                        text.append('\n');
                    }
                });
    }

    void heartbeat(String at, long epoch) {
        timestamp += 10;
        replica(at).core().heartbeat(epoch, timestamp);
    }

    /** Somebody reads there who wants to hear news at once. */
    void await(String name) {
        say(name + " has a reader");
        replica(name).await();
    }

    void crash(String name) {
        say(name + " dies");
        replica(name).crash(chance);
        working.remove(replica(name));
        letters.removeIf(letter -> letter.to.equals(name));
    }

    void cut(String one, String other) {
        cuts.add(one + other);
        cuts.add(other + one);
    }

    void heal(String one, String other) {
        cuts.remove(one + other);
        cuts.remove(other + one);
    }

    /** So much time goes by, in small steps. */
    void pass(long millis) {
        for (long i = 0; i < millis; i += 20) {
            now += 20 * MILLI;
            int before = text.length();
            for (SimulatedReplica replica : replicas.values()) {
                if (replica.isUp()) {
                    replica.core().tick(now);
                }
            }
            settle();
            text.setLength(before);
        }
    }

    /** Delivers everything; whenever nothing is left, the disks do their work. */
    void settle() {
        flush();
        while (!letters.isEmpty() || !working.isEmpty()) {
            if (letters.isEmpty()) {
                List<SimulatedReplica> asked = List.copyOf(working);
                working.clear();
                asked.forEach(SimulatedReplica::diskDone);
            } else {
                deliver(letters.removeFirst());
            }
            flush();
        }
    }

    /** Delivers everything, while the disks stand still. */
    void deliverOnly() {
        flush();
        while (!letters.isEmpty()) {
            deliver(letters.removeFirst());
            flush();
        }
    }

    private void flush() {
        for (SimulatedReplica replica : replicas.values()) {
            if (replica.isUp()) {
                replica.core().flush();
            }
        }
    }

    private void deliver(Letter letter) {
        SimulatedReplica to = replica(letter.to);
        boolean arrives = to.isUp() && !cuts.contains(letter.from + letter.to);
        if (arrives) {
            text.append(letter.from).append(" -> ").append(letter.to).append(": ");
            text.append(describe(letter.message)).append('\n');
            to.core().receive(letter.from, letter.message, now);
        }
    }

    private static String describe(Message message) {
        return switch (message) {
            case Message.Append append ->
                "append in term " + append.term() + " behind " + append.previousIndex() + "/" + append.previousTerm()
                        + ": " + append.records() + ", committed " + append.committed()
                        + (append.heartbeat() > 0 ? ", heartbeat " + append.heartbeat() : "")
                        + (append.more() ? ", more" : "");
            case Message.Acceptance acceptance ->
                "accepted up to " + acceptance.accepted() + " in term " + acceptance.term() + ", last "
                        + acceptance.lastIndex() + (acceptance.leads() ? ", leads" : "")
                        + (acceptance.awaited() ? ", awaited" : "");
            case Message.Fetch fetch -> "fetch behind " + fetch.afterIndex() + " in term " + fetch.term();
            case Message.Prepare prepare -> "prepare term " + prepare.term();
            case Message.Promise promise ->
                "promise term " + promise.term() + ", log ends with " + promise.lastIndex() + "/" + promise.lastTerm();
            case Message.Superseded superseded -> "superseded by term " + superseded.term();
            case Message.Base base -> "begin anew behind " + base.base().lastIndex() + " in term " + base.term();
            case Message.Advance advance -> "advance to " + advance.timestamp();
            case Message.Trim trim -> "trim to " + trim.position();
            case Message.Relay relay ->
                "for " + relay.destination() + " from " + relay.origin() + ": " + describe(relay.message());
        };
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void send(SimulatedReplica from, String to, Message message) {
        letters.add(new Letter(from.name, to, message));
    }

    @Override
    public void diskStarts(SimulatedReplica replica) {
        if (!working.contains(replica)) {
            working.add(replica);
        }
    }

    @Override
    public void committed(SimulatedReplica replica, SimulatedReplica.Stored record) {
        text.append(replica.name)
                .append(" knows that ")
                .append(record.index())
                .append('/')
                .append(record.term());
        text.append(" is committed\n");
    }
}
