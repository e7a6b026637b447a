package dev.boreal.controlplane.paxos;

import dev.boreal.clock.Chance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Members who talk in lock step, and a transcript of it: who said what to whom, what went to disk, what was decided. Messages arrive in the order in
 * which they were sent, and disks sync at once, unless told otherwise.
 */
final class Conversation {
    private static final long MILLISECOND = 1_000_000;
    private static final PaxosSettings SETTINGS =
            new PaxosSettings(50 * MILLISECOND, 300 * MILLISECOND, 600 * MILLISECOND, 150 * MILLISECOND, 100, 1 << 20);

    private record Letter(String from, String to, PaxosMessage message) {}

    private final List<String> founders;
    private final TreeMap<String, PaxosCore> members = new TreeMap<>();
    private final TreeMap<String, List<LogRecord>> disks = new TreeMap<>();
    private final TreeMap<String, PaxosRole> roles = new TreeMap<>();
    private final ArrayDeque<Letter> post = new ArrayDeque<>();
    private final Set<String> unheard = new HashSet<>();
    private final StringBuilder transcript = new StringBuilder();
    private long now;

    Conversation(String... founders) {
        this.founders = List.of(founders);
        this.founders.forEach(name -> start(name, this.founders));
    }

    String transcript() {
        return transcript.toString();
    }

    /** The transcript begins here. */
    Conversation begins() {
        transcript.setLength(0);
        return this;
    }

    Conversation says(String text) {
        transcript.append("# ").append(text).append('\n');
        return this;
    }

    /** Starts a member that is to be added. */
    Conversation joins(String name) {
        start(name, List.of());
        return this;
    }

    private void start(String name, List<String> from) {
        List<LogRecord> disk = disks.computeIfAbsent(name, ignored -> new ArrayList<>());
        members.put(name, new PaxosCore(name, from, founders, SETTINGS, disk, new Chance(name.hashCode()), now));
        roles.put(name, PaxosRole.FOLLOWER);
        perform(name);
    }

    Conversation crashes(String name) {
        line(name, "crashes");
        members.remove(name);
        post.removeIf(letter -> letter.to().equals(name));
        return this;
    }

    Conversation restarts(String name) {
        line(name, "restarts");
        start(name, founders);
        return this;
    }

    /** What is said to these members is lost from now on. */
    Conversation unheard(String... names) {
        unheard.clear();
        unheard.addAll(List.of(names));
        return this;
    }

    /** So much time goes by, and one member notices. */
    Conversation ticks(String name, int millis) {
        now += millis * MILLISECOND;
        member(name).tick(now);
        perform(name);
        return this;
    }

    Conversation proposes(String name, String command) {
        member(name).propose(new Decree.Command(command.getBytes(StandardCharsets.UTF_8)), now);
        perform(name);
        return this;
    }

    Conversation adds(String name, String other) {
        member(name).propose(new Decree.AddMember(other, member(name).lastChange()), now);
        perform(name);
        return this;
    }

    Conversation asks(String name, long id) {
        member(name).inquire(id, 0, now);
        perform(name);
        return this;
    }

    /** Everything that is on its way arrives, and what that brings forth. */
    Conversation talk() {
        while (!post.isEmpty()) {
            Letter letter = post.removeFirst();
            PaxosCore member = members.get(letter.to());
            String text = letter.from() + " > " + letter.to() + "  " + describe(letter.message());
            if (member == null || unheard.contains(letter.to())) {
                transcript.append(text).append("   (lost)\n");
            } else {
                transcript.append(text).append('\n');
                member.receive(letter.from(), letter.message(), now);
                perform(letter.to());
            }
        }
        return this;
    }

    private PaxosCore member(String name) {
        PaxosCore member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException(name);
        }
        return member;
    }

    private void perform(String name) {
        PaxosCore member = member(name);
        for (PaxosEffects effects = member.takeEffects(); !effects.isEmpty(); effects = member.takeEffects()) {
            effects.sends().forEach(sent -> post.add(new Letter(name, sent.to(), sent.message())));
            for (LogRecord written : effects.records()) {
                disks.computeIfAbsent(name, ignored -> new ArrayList<>()).add(written);
                line(name, "disk: " + describe(written));
            }
            effects.events().forEach(event -> hear(name, event));
            if (effects.needsSync()) {
                member.persisted(effects.lastRecord(), now);
            }
            if (member.role() != roles.put(name, member.role())) {
                line(name, member.role() + (member.role() == PaxosRole.LEADER ? " in " + member.ballot() : ""));
            }
        }
    }

    private void hear(String name, PaxosEvent event) {
        switch (event) {
            case PaxosEvent.Decided(long slot, Decree decree) ->
                line(name, "decided " + slot + ": " + describe(decree));
            case PaxosEvent.Installed(Snapshot snapshot) -> line(name, "installed: " + snapshot);
            case PaxosEvent.InquiryAnswered(long id) -> line(name, "may answer read " + id);
            case PaxosEvent.Sign(long sign) -> line(name, "sign of life of " + sign);
            case PaxosEvent.SnapshotWanted() -> {
                line(name, "makes a snapshot");
                member(name).checkpoint("state".getBytes(StandardCharsets.UTF_8), now);
            }
        }
    }

    private void line(String name, String text) {
        transcript.append("      ").append(name).append(": ").append(text).append('\n');
    }

    private static String describe(Decree decree) {
        return decree instanceof Decree.Command(byte[] bytes)
                ? "\"" + new String(bytes, StandardCharsets.UTF_8) + "\""
                : decree.toString();
    }

    private static String describe(SlotReport report) {
        return report.slot()
                + (report.decided() ? " decided " : " in " + report.ballot() + " ")
                + describe(report.decree());
    }

    private static String describe(LogRecord written) {
        return switch (written) {
            case LogRecord.Promised(Ballot ballot) -> "promised " + ballot;
            case LogRecord.Accepted(Ballot ballot, long slot, Decree decree) ->
                "accepted " + slot + " in " + ballot + ": " + describe(decree);
            case LogRecord.Learned(long slot, Decree decree) -> "learned " + slot + ": " + describe(decree);
            case LogRecord.DecidedThrough(long slot) -> "decided through " + slot;
            case LogRecord.Checkpoint(Snapshot snapshot, Ballot promised, List<SlotReport> open) ->
                "checkpoint: " + snapshot + ", promised " + promised + ", " + open.size() + " open";
        };
    }

    private static String describe(PaxosMessage message) {
        return switch (message) {
            case PaxosMessage.Canvass(Ballot ballot, long through) ->
                "canvass " + ballot + ", decided through " + through;
            case PaxosMessage.CanvassAnswer(Ballot ballot, boolean support, Ballot promised, long through) ->
                (support ? "would promise " : "would not promise ") + ballot + ", promised " + promised
                        + ", decided through " + through;
            case PaxosMessage.Prepare(Ballot ballot, long from) -> "prepare " + ballot + " from " + from;
            case PaxosMessage.Promise(Ballot ballot, long through, List<SlotReport> reports) ->
                "promise " + ballot + ", decided through " + through + ", accepted "
                        + reports.stream().map(Conversation::describe).toList();
            case PaxosMessage.Refuse(Ballot ballot, Ballot promised) -> "refuse " + ballot + ", promised " + promised;
            case PaxosMessage.Accept(Ballot ballot, long slot, Decree decree) ->
                "accept " + slot + " in " + ballot + ": " + describe(decree);
            case PaxosMessage.Accepted(Ballot ballot, long slot) -> "accepted " + slot + " in " + ballot;
            case PaxosMessage.Commit(Ballot ballot, long through) -> "commit through " + through + " in " + ballot;
            case PaxosMessage.Heartbeat(Ballot ballot, long through, long round) ->
                "heartbeat " + round + " in " + ballot + ", decided through " + through;
            case PaxosMessage.HeartbeatAnswer(Ballot ballot, long round) ->
                "answers heartbeat " + round + " in " + ballot;
            case PaxosMessage.CatchUp(long from, boolean snapshot, long ignored, int offset) ->
                "catch up from " + from + (snapshot ? ", needs a snapshot" : "")
                        + (offset > 0 ? ", has " + offset : "");
            case PaxosMessage.Decrees(long from, List<Decree> decrees, long through) ->
                "decrees from " + from + ": "
                        + decrees.stream().map(Conversation::describe).toList() + ", decided through " + through;
            case PaxosMessage.SnapshotPart(long slot, int total, int offset, byte[] bytes) ->
                "snapshot through " + slot + ", bytes " + offset + " to " + (offset + bytes.length) + " of " + total;
            case PaxosMessage.Forward(Decree decree) -> "forwards " + describe(decree);
            case PaxosMessage.Inquire ignored -> "inquires how far to be";
            case PaxosMessage.InquiryAnswer(long ignored, long slot) -> "be at " + slot;
        };
    }
}
