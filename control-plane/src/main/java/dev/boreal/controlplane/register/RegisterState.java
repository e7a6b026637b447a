package dev.boreal.controlplane.register;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The register: what the decrees, applied in order, amount to. The same decrees give the same state, results and changes on
 * every member. Not thread-safe.
 */
public final class RegisterState {
    private static final int FORMAT = 1;

    private final TreeMap<String, RegisterEntry> entries = new TreeMap<>();
    private final TreeMap<Long, Session> sessions = new TreeMap<>();
    private final TreeMap<Long, TreeSet<String>> bound = new TreeMap<>();
    private ClientMemory clients = new ClientMemory();
    private Ballot era = Ballot.NONE;

    /**
     * Applies the next decree.
     *
     * @param changes hears what it did, in order
     */
    public void apply(long slot, Decree decree, Consumer<RegisterChange> changes) {
        switch (decree) {
            case Decree.Beginning(Ballot ballot) -> era = Ballot.higher(era, ballot);
            case Decree.Command(byte[] bytes) -> apply(slot, Command.decode(bytes), changes);
            case Decree.Filler ignored -> {}
            case Decree.AddMember ignored -> {}
            case Decree.RemoveMember ignored -> {}
        }
    }

    private void apply(long slot, Command command, Consumer<RegisterChange> changes) {
        if (command.client() == Command.NO_CLIENT) {
            perform(slot, command.action(), changes);
        } else if (!clients.knows(command.client(), command.sequence())) {
            clients.remember(command, perform(slot, command.action(), changes));
        }
    }

    private Result perform(long slot, Action action, Consumer<RegisterChange> changes) {
        return switch (action) {
            case Action.CompareAndSet update -> new Result.Update(compareAndSet(slot, update, changes));
            case Action.BeginSession(String name, long leaseNanos) -> {
                sessions.put(slot, new Session(slot, name, leaseNanos));
                yield new Result.SessionBegun(slot);
            }
            case Action.EndSession(long session) -> {
                end(slot, session, changes);
                yield new Result.Done();
            }
            case Action.ExpireSession(long session, Ballot waited) -> {
                if (waited.equals(era)) {
                    end(slot, session, changes);
                }
                yield new Result.Done();
            }
        };
    }

    private UpdateOutcome compareAndSet(long slot, Action.CompareAndSet update, Consumer<RegisterChange> changes) {
        if (update.session() != 0 && !sessions.containsKey(update.session())) {
            return new UpdateOutcome.SessionEnded(update.session());
        }
        RegisterEntry current = entries.get(update.key());
        if ((current == null ? 0 : current.version()) != update.expectedVersion()) {
            return new UpdateOutcome.VersionMoved(current);
        }
        if (current != null) {
            entries.remove(current.key());
            unbind(current);
        }
        byte[] value = update.value();
        if (value != null) {
            RegisterEntry entry = new RegisterEntry(update.key(), value, slot, update.session());
            entries.put(entry.key(), entry);
            bind(entry);
            changes.accept(new RegisterChange.Changed(entry));
        } else if (current != null) {
            changes.accept(new RegisterChange.Removed(current.key(), slot));
        }
        return new UpdateOutcome.Updated(slot);
    }

    private void bind(RegisterEntry entry) {
        if (entry.session() != 0) {
            bound.computeIfAbsent(entry.session(), ignored -> new TreeSet<>()).add(entry.key());
        }
    }

    private void unbind(RegisterEntry entry) {
        TreeSet<String> keys = bound.get(entry.session());
        if (keys != null) {
            keys.remove(entry.key());
        }
    }

    private void end(long slot, long session, Consumer<RegisterChange> changes) {
        sessions.remove(session);
        TreeSet<String> keys = bound.remove(session);
        if (keys != null) {
            for (String key : keys) {
                entries.remove(key);
                changes.accept(new RegisterChange.Removed(key, slot));
            }
        }
    }

    public @Nullable RegisterEntry entry(String key) {
        return entries.get(key);
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }

    /** The entries whose keys begin with {@code prefix}, by key. */
    public List<RegisterEntry> entries(String prefix) {
        List<RegisterEntry> found = new ArrayList<>();
        for (Map.Entry<String, RegisterEntry> entry :
                entries.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    /** By id. */
    public Collection<Session> sessions() {
        return sessions.values();
    }

    public @Nullable Session session(long id) {
        return sessions.get(id);
    }

    /** The highest ballot that began. */
    public Ballot era() {
        return era;
    }

    /** What a client's command came to, or null if it has not been applied. */
    public @Nullable Result result(long client, long sequence) {
        return clients.result(client, sequence);
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            era.write(out);
            out.writeInt(sessions.size());
            for (Session session : sessions.values()) {
                out.writeLong(session.id());
                out.writeUTF(session.name());
                out.writeLong(session.leaseNanos());
            }
            out.writeInt(entries.size());
            for (RegisterEntry entry : entries.values()) {
                RegisterCodec.writeEntry(out, entry);
            }
            clients.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a state. */
    public static RegisterState decode(byte[] bytes) {
        RegisterState state = new RegisterState();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a register of format " + format + ", expected " + FORMAT);
            }
            state.era = Ballot.read(in);
            int sessions = in.readInt();
            for (int i = 0; i < sessions; i++) {
                Session session = new Session(in.readLong(), in.readUTF(), in.readLong());
                state.sessions.put(session.id(), session);
            }
            int entries = in.readInt();
            for (int i = 0; i < entries; i++) {
                RegisterEntry entry = RegisterCodec.readEntry(in);
                state.entries.put(entry.key(), entry);
                state.bind(entry);
            }
            state.clients = ClientMemory.read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("a register's snapshot is cut short", e);
        }
        return state;
    }
}
