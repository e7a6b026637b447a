package dev.boreal.controlplane;

import dev.boreal.clock.Chance;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosCore;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosEvent;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Command;
import dev.boreal.controlplane.register.RegisterState;
import dev.boreal.controlplane.register.Result;
import dev.boreal.controlplane.session.SessionLeases;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One member of the control plane: the register over {@link PaxosCore}, requests of clients, and, while it leads, the leases
 * of sessions.
 *
 * <p>A pure step function: see the package for what a driver must do. Not thread-safe; {@code now} is nanoseconds of a
 * monotonic clock of this process.
 *
 * <p>A member answers every request from its own copy of the register. An update is proposed, through the leader, and answered when
 * the member applies it; when that takes long it is proposed again, and {@link RegisterState} does it once. A read asks the leader how
 * far the copy must be, and is answered when it is.
 */
public final class ControlPlaneCore {
    private static final class Pending {
        final ControlPlaneRequest request;
        final @Nullable Decree decree;
        final long deadline;

        @Nullable String askedOf;

        long askAgainAt;
        long patience;
        boolean upToDate;

        Pending(ControlPlaneRequest request, @Nullable Decree decree, long deadline, long patience) {
            this.request = request;
            this.decree = decree;
            this.deadline = deadline;
            this.patience = patience;
        }
    }

    private final ControlPlaneSettings settings;
    private final long client;
    private final PaxosCore paxos;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final SessionLeases leases = new SessionLeases();
    private ControlPlaneEffects effects = new ControlPlaneEffects();
    private RegisterState state = new RegisterState();
    private long sequence;
    private long snapshotSlot;
    private long now;

    /**
     * @param self this member's name
     * @param founders the members from the first decree on, the same for all who are given any; empty for a member that is to be
     *     added later
     * @param contacts whom a member that knows no members asks
     * @param durable the records found on its disk, in order
     */
    public ControlPlaneCore(
            String self,
            List<String> founders,
            List<String> contacts,
            ControlPlaneSettings settings,
            List<LogRecord> durable,
            Chance chance,
            long now) {
        this.settings = settings;
        this.now = now;
        client = drawClient(chance);
        paxos = new PaxosCore(self, founders, contacts, settings.paxos(), durable, chance.fork(), now);
        settle();
    }

    private static long drawClient(Chance chance) {
        long drawn = chance.nextLong();
        while (drawn == Command.NO_CLIENT) {
            drawn = chance.nextLong();
        }
        return drawn;
    }

    /** What is to be done since the last call. */
    public ControlPlaneEffects takeEffects() {
        ControlPlaneEffects taken = effects;
        effects = new ControlPlaneEffects();
        return taken;
    }

    /** A client asks; returns the number by which {@link ControlPlaneEvent.Answered} will name its request. */
    public long request(ControlPlaneRequest request, long newNow) {
        now = newNow;
        sequence++;
        long id = sequence;
        long settledThrough = pending.isEmpty() ? id - 1 : pending.firstKey() - 1;
        Decree decree = switch (request) {
            case ControlPlaneRequest.Perform(Action action) ->
                new Decree.Command(new Command(client, id, settledThrough, action).encode());
            case ControlPlaneRequest.ChangeMembers ignored -> null;
            case ControlPlaneRequest.Read ignored -> null;
            case ControlPlaneRequest.ListEntries ignored -> null;
            case ControlPlaneRequest.KeepAlive ignored -> null;
        };
        Pending asked = new Pending(
                request,
                decree,
                now + settings.requestNanos(),
                2 * settings.paxos().heartbeatNanos());
        pending.put(id, asked);
        ask(id, asked);
        settle();
        return id;
    }

    public void receive(String from, PaxosMessage message, long newNow) {
        now = newNow;
        paxos.receive(from, message, now);
        settle();
    }

    /** All records up to this number ({@link ControlPlaneEffects#lastRecord}) are durable. */
    public void persisted(long through, long newNow) {
        now = newNow;
        paxos.persisted(through, now);
        settle();
    }

    /** Time goes by: to be called every few milliseconds. */
    public void tick(long newNow) {
        now = newNow;
        paxos.tick(now);
        settle();
        for (Long id : List.copyOf(pending.keySet())) {
            tickPending(id);
        }
        leases.tick(state, paxos, now);
        settle();
    }

    private void tickPending(long id) {
        Pending asked = pending.get(id);
        String leader = paxos.leader();
        if (asked == null) {
            return;
        }
        if (now - asked.deadline >= 0) {
            answer(id, unavailable());
        } else if (leader != null && (!leader.equals(asked.askedOf) || now - asked.askAgainAt >= 0)) {
            ask(id, asked);
        }
    }

    private ControlPlaneAnswer unavailable() {
        return new ControlPlaneAnswer.Unavailable(
                "the control plane has no majority: " + (paxos.leader() == null ? "nobody" : paxos.leader())
                        + " leads, of members " + paxos.members() + ", and did not answer in "
                        + settings.requestNanos() / 1_000_000 + " ms");
    }

    private void ask(long id, Pending asked) {
        asked.askedOf = paxos.leader();
        asked.askAgainAt = now + asked.patience;
        asked.patience *= 2;
        if (asked.decree != null) {
            paxos.propose(asked.decree, now);
        } else if (asked.upToDate && asked.request instanceof ControlPlaneRequest.ChangeMembers change) {
            paxos.propose(change.decree(paxos.lastChange()), now);
        } else {
            long sign = asked.request instanceof ControlPlaneRequest.KeepAlive(long session) ? session : 0;
            paxos.inquire(id, sign, now);
        }
    }

    /** Takes in what Paxos told, until it has nothing more to tell. */
    private void settle() {
        for (PaxosEffects told = paxos.takeEffects(); !told.isEmpty(); told = paxos.takeEffects()) {
            effects.add(told);
            boolean snapshotWanted = false;
            for (PaxosEvent event : told.events()) {
                switch (event) {
                    case PaxosEvent.Decided(long slot, Decree decree) -> apply(slot, decree);
                    case PaxosEvent.Installed installed -> install(installed);
                    case PaxosEvent.InquiryAnswered(long id) -> answerRead(id);
                    case PaxosEvent.Sign(long session) -> leases.sign(session, now);
                    case PaxosEvent.SnapshotWanted ignored -> snapshotWanted = true;
                }
            }
            if (snapshotWanted || paxos.decidedThrough() - snapshotSlot >= settings.snapshotDecrees()) {
                snapshotSlot = paxos.decidedThrough();
                paxos.checkpoint(state.encode(), now);
            }
        }
    }

    private void apply(long slot, Decree decree) {
        effects.tell(new ControlPlaneEvent.Applied(slot, decree));
        state.apply(slot, decree, change -> effects.tell(new ControlPlaneEvent.Changed(change)));
        if (decree instanceof Decree.Command(byte[] bytes)) {
            Command command = Command.decode(bytes);
            if (command.client() == client) {
                answerUpdate(command.sequence());
            }
        } else if (decree instanceof Decree.Beginning) {
            leases.begin(state, now);
        }
        answerMemberChanges();
    }

    private void install(PaxosEvent.Installed installed) {
        byte[] bytes = installed.snapshot().state();
        state = bytes.length == 0 ? new RegisterState() : RegisterState.decode(bytes);
        snapshotSlot = installed.snapshot().slot();
        effects.tell(new ControlPlaneEvent.Skipped(state.entries("")));
        for (Long id : List.copyOf(pending.keySet())) {
            answerUpdate(id);
        }
        answerMemberChanges();
    }

    private void answerUpdate(long id) {
        Result result = state.result(client, id);
        if (result != null) {
            answer(id, new ControlPlaneAnswer.Performed(result));
        }
    }

    private void answerMemberChanges() {
        for (Long id : List.copyOf(pending.keySet())) {
            Pending asked = pending.get(id);
            if (asked != null
                    && asked.upToDate
                    && asked.request instanceof ControlPlaneRequest.ChangeMembers(String member, boolean add)
                    && paxos.members().contains(member) == add
                    && paxos.futureMembers().contains(member) == add) {
                answer(id, new ControlPlaneAnswer.MembersChanged(paxos.members()));
            }
        }
    }

    private void answerRead(long id) {
        Pending asked = pending.get(id);
        if (asked == null) {
            return;
        }
        switch (asked.request) {
            case ControlPlaneRequest.Read(String key) -> answer(id, new ControlPlaneAnswer.Entry(state.entry(key)));
            case ControlPlaneRequest.ListEntries(String prefix) ->
                answer(id, new ControlPlaneAnswer.Entries(state.entries(prefix)));
            case ControlPlaneRequest.KeepAlive(long session) ->
                answer(id, new ControlPlaneAnswer.Alive(state.session(session) != null));
            case ControlPlaneRequest.Perform ignored -> {}
            case ControlPlaneRequest.ChangeMembers ignored -> {
                if (!asked.upToDate) {
                    asked.upToDate = true;
                    ask(id, asked);
                    answerMemberChanges();
                }
            }
        }
    }

    private void answer(long id, ControlPlaneAnswer answer) {
        if (pending.remove(id) != null) {
            effects.tell(new ControlPlaneEvent.Answered(id, answer));
        }
    }

    /** The register as of {@link PaxosCore#decidedThrough}; not to be changed. */
    public RegisterState state() {
        return state;
    }

    /** For its role, ballot and members; not to be driven. */
    public PaxosCore paxos() {
        return paxos;
    }
}
