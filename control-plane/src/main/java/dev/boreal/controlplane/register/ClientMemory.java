package dev.boreal.controlplane.register;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results that clients may still ask for, so that a command that arrives twice is done once. A client says what it has settled, which
 * frees its results; of clients the {@link #MOST_CLIENTS} heard last are remembered.
 */
final class ClientMemory {
    /** A client is one start of one member; a command is never on its way for so many starts. */
    static final int MOST_CLIENTS = 256;

    private static final class Client {
        long settledThrough;
        final TreeMap<Long, Result> results = new TreeMap<>();
    }

    private final LinkedHashMap<Long, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

    /** Whether a command was done, or needs not be done any more. */
    boolean knows(long client, long sequence) {
        Client known = clients.get(client);
        return known != null && (sequence <= known.settledThrough || known.results.containsKey(sequence));
    }

    /** What a command came to, or null if it was not done or is settled. */
    @Nullable Result result(long client, long sequence) {
        for (Map.Entry<Long, Client> entry : clients.entrySet()) {
            if (entry.getKey() == client) {
                return entry.getValue().results.get(sequence);
            }
        }
        return null;
    }

    void remember(Command command, Result result) {
        Client client = clients.computeIfAbsent(command.client(), ignored -> new Client());
        client.results.put(command.sequence(), result);
        if (command.settledThrough() > client.settledThrough) {
            client.settledThrough = command.settledThrough();
            client.results.headMap(client.settledThrough, true).clear();
        }
        if (clients.size() > MOST_CLIENTS) {
            clients.pollFirstEntry();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(clients.size());
        for (Map.Entry<Long, Client> entry : clients.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue().settledThrough);
            out.writeInt(entry.getValue().results.size());
            for (Map.Entry<Long, Result> result : entry.getValue().results.entrySet()) {
                out.writeLong(result.getKey());
                result.getValue().write(out);
            }
        }
    }

    static ClientMemory read(DataInput in) throws IOException {
        ClientMemory memory = new ClientMemory();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Client client = new Client();
            memory.clients.put(in.readLong(), client);
            client.settledThrough = in.readLong();
            int results = in.readInt();
            for (int j = 0; j < results; j++) {
                client.results.put(in.readLong(), Result.read(in));
            }
        }
        return memory;
    }
}
