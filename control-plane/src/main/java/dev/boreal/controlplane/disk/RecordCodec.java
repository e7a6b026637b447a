package dev.boreal.controlplane.disk;

import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.LogRecord;
import dev.boreal.controlplane.paxos.SlotReport;
import dev.boreal.controlplane.paxos.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Log records as bytes. */
final class RecordCodec {
    private RecordCodec() {}

    static byte[] encode(LogRecord logRecord) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, logRecord);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, LogRecord logRecord) throws IOException {
        switch (logRecord) {
            case LogRecord.Promised(Ballot ballot) -> {
                out.writeByte(1);
                ballot.write(out);
            }
            case LogRecord.Accepted(Ballot ballot, long slot, Decree decree) -> {
                out.writeByte(2);
                ballot.write(out);
                out.writeLong(slot);
                decree.write(out);
            }
            case LogRecord.Learned(long slot, Decree decree) -> {
                out.writeByte(3);
                out.writeLong(slot);
                decree.write(out);
            }
            case LogRecord.DecidedThrough(long slot) -> {
                out.writeByte(4);
                out.writeLong(slot);
            }
            case LogRecord.Checkpoint(Snapshot snapshot, Ballot promised, List<SlotReport> open) -> {
                out.writeByte(5);
                byte[] encoded = snapshot.encode();
                out.writeInt(encoded.length);
                out.write(encoded);
                promised.write(out);
                out.writeInt(open.size());
                for (SlotReport report : open) {
                    report.write(out);
                }
            }
        }
    }

    /** Throws IOException if the bytes are not a record. */
    static LogRecord decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            return switch (kind) {
                case 1 -> new LogRecord.Promised(Ballot.read(in));
                case 2 -> new LogRecord.Accepted(Ballot.read(in), in.readLong(), Decree.read(in));
                case 3 -> new LogRecord.Learned(in.readLong(), Decree.read(in));
                case 4 -> new LogRecord.DecidedThrough(in.readLong());
                case 5 -> readCheckpoint(in);
                default -> throw new IOException("no record is of kind " + kind);
            };
        }
    }

    private static LogRecord readCheckpoint(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a snapshot of " + length + " bytes");
        }
        Snapshot snapshot = Snapshot.decode(in.readNBytes(length));
        Ballot promised = Ballot.read(in);
        int count = in.readInt();
        List<SlotReport> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            open.add(SlotReport.read(in));
        }
        return new LogRecord.Checkpoint(snapshot, promised, open);
    }
}
