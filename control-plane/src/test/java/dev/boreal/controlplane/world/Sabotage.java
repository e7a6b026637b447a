package dev.boreal.controlplane.world;

import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Plants a bug, by changing what passes between a core and its world. */
final class Sabotage {
    record Delivery(String from, String to, PaxosMessage message) {}

    private final PlantedBug bug;

    Sabotage(PlantedBug bug) {
        this.bug = bug;
    }

    /** What comes of a message. */
    List<Delivery> sent(String from, String to, PaxosMessage message, Collection<String> everybody) {
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(new Delivery(from, to, changed(message)));
        switch (message) {
            case PaxosMessage.Heartbeat(Ballot ballot, long ignored, long round) -> {
                if (bug == PlantedBug.READS_WITHOUT_CONFIRMING) {
                    answer(deliveries, from, everybody, new PaxosMessage.HeartbeatAnswer(ballot, round));
                }
            }
            case PaxosMessage.Accept(Ballot ballot, long slot, Decree ignored) -> {
                if (bug == PlantedBug.COUNTS_UNSAID_VOTES) {
                    answer(deliveries, from, everybody, new PaxosMessage.Accepted(ballot, slot));
                }
            }
            default -> {}
        }
        return deliveries;
    }

    private static void answer(
            List<Delivery> deliveries, String member, Collection<String> everybody, PaxosMessage answer) {
        for (String other : everybody) {
            if (!other.equals(member)) {
                deliveries.add(new Delivery(other, member, answer));
            }
        }
    }

    private PaxosMessage changed(PaxosMessage message) {
        return switch (message) {
            case PaxosMessage.Promise(Ballot ballot, long decidedThrough, var ignored)
            when bug == PlantedBug.IGNORES_ACCEPTED_VALUES ->
                new PaxosMessage.Promise(ballot, decidedThrough, List.of());
            case PaxosMessage.Inquire(long id, long ignored)
            when bug == PlantedBug.FORGETS_SIGNS_OF_LIFE -> new PaxosMessage.Inquire(id, 0);
            default -> message;
        };
    }

    LogRecord written(LogRecord written) {
        if (bug == PlantedBug.SNAPSHOT_FORGETS_SESSIONS
                && written instanceof LogRecord.Checkpoint(Snapshot snapshot, Ballot promised, var open)) {
            Snapshot forgetful = new Snapshot(
                    snapshot.slot(), snapshot.era(), snapshot.memberships(), withoutSessions(snapshot.state()));
            return new LogRecord.Checkpoint(forgetful, promised, open);
        }
        return written;
    }

    private static byte[] withoutSessions(byte[] state) {
        if (state.length == 0) {
            return state;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(in.readByte());
            Ballot.read(in).write(out);
            int sessions = in.readInt();
            for (int i = 0; i < sessions; i++) {
                in.readLong();
                in.readUTF();
                in.readLong();
            }
            out.writeInt(0);
            out.write(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    List<LogRecord> found(List<LogRecord> disk) {
        if (bug != PlantedBug.FORGETS_ACCEPTANCES) {
            return List.copyOf(disk);
        }
        return disk.stream()
                .filter(found -> !(found instanceof LogRecord.Accepted))
                .toList();
    }
}
