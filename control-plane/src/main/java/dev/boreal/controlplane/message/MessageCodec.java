package dev.boreal.controlplane.message;

import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.PaxosMessage.Accept;
import dev.boreal.controlplane.paxos.PaxosMessage.Accepted;
import dev.boreal.controlplane.paxos.PaxosMessage.Canvass;
import dev.boreal.controlplane.paxos.PaxosMessage.CanvassAnswer;
import dev.boreal.controlplane.paxos.PaxosMessage.CatchUp;
import dev.boreal.controlplane.paxos.PaxosMessage.Commit;
import dev.boreal.controlplane.paxos.PaxosMessage.Decrees;
import dev.boreal.controlplane.paxos.PaxosMessage.Forward;
import dev.boreal.controlplane.paxos.PaxosMessage.Heartbeat;
import dev.boreal.controlplane.paxos.PaxosMessage.HeartbeatAnswer;
import dev.boreal.controlplane.paxos.PaxosMessage.Inquire;
import dev.boreal.controlplane.paxos.PaxosMessage.InquiryAnswer;
import dev.boreal.controlplane.paxos.PaxosMessage.Prepare;
import dev.boreal.controlplane.paxos.PaxosMessage.Promise;
import dev.boreal.controlplane.paxos.PaxosMessage.Refuse;
import dev.boreal.controlplane.paxos.PaxosMessage.SnapshotPart;
import dev.boreal.controlplane.paxos.SlotReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Messages as frames: a byte for the format, one for the kind, and the parts in the order of the records. */
public final class MessageCodec {
    private static final int FORMAT = 1;

    private MessageCodec() {}

    public static byte[] encode(PaxosMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(out, message);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutput out, PaxosMessage message) throws IOException {
        switch (message) {
            case Canvass(Ballot ballot, long decidedThrough) -> {
                begin(out, 1, ballot);
                out.writeLong(decidedThrough);
            }
            case CanvassAnswer(Ballot ballot, boolean support, Ballot promised, long decidedThrough) -> {
                begin(out, 2, ballot);
                out.writeBoolean(support);
                promised.write(out);
                out.writeLong(decidedThrough);
            }
            case Prepare(Ballot ballot, long fromSlot) -> {
                begin(out, 3, ballot);
                out.writeLong(fromSlot);
            }
            case Promise(Ballot ballot, long decidedThrough, List<SlotReport> reports) -> {
                begin(out, 4, ballot);
                out.writeLong(decidedThrough);
                out.writeInt(reports.size());
                for (SlotReport report : reports) {
                    report.write(out);
                }
            }
            case Refuse(Ballot ballot, Ballot promised) -> {
                begin(out, 5, ballot);
                promised.write(out);
            }
            case Accept(Ballot ballot, long slot, Decree decree) -> {
                begin(out, 6, ballot);
                out.writeLong(slot);
                decree.write(out);
            }
            case Accepted(Ballot ballot, long slot) -> {
                begin(out, 7, ballot);
                out.writeLong(slot);
            }
            case Commit(Ballot ballot, long decidedThrough) -> {
                begin(out, 8, ballot);
                out.writeLong(decidedThrough);
            }
            case Heartbeat(Ballot ballot, long decidedThrough, long round) -> {
                begin(out, 9, ballot);
                out.writeLong(decidedThrough);
                out.writeLong(round);
            }
            case HeartbeatAnswer(Ballot ballot, long round) -> {
                begin(out, 10, ballot);
                out.writeLong(round);
            }
            case CatchUp(long fromSlot, boolean needsSnapshot, long snapshotSlot, int offset) -> {
                out.writeByte(11);
                out.writeLong(fromSlot);
                out.writeBoolean(needsSnapshot);
                out.writeLong(snapshotSlot);
                out.writeInt(offset);
            }
            case Decrees(long fromSlot, List<Decree> decrees, long decidedThrough) -> {
                out.writeByte(12);
                out.writeLong(fromSlot);
                out.writeInt(decrees.size());
                for (Decree decree : decrees) {
                    decree.write(out);
                }
                out.writeLong(decidedThrough);
            }
            case SnapshotPart(long slot, int total, int offset, byte[] part) -> {
                out.writeByte(13);
                out.writeLong(slot);
                out.writeInt(total);
                out.writeInt(offset);
                out.writeInt(part.length);
                out.write(part);
            }
            case Forward(Decree decree) -> {
                out.writeByte(14);
                decree.write(out);
            }
            case Inquire(long id, long sign) -> {
                out.writeByte(15);
                out.writeLong(id);
                out.writeLong(sign);
            }
            case InquiryAnswer(long id, long slot) -> {
                out.writeByte(16);
                out.writeLong(id);
                out.writeLong(slot);
            }
        }
    }

    private static void begin(DataOutput out, int kind, Ballot ballot) throws IOException {
        out.writeByte(kind);
        ballot.write(out);
    }

    /** Throws IllegalArgumentException if the bytes are not a message. */
    public static PaxosMessage decode(byte[] frame) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException(
                        "a control plane's message of format " + format + ", expected " + FORMAT);
            }
            PaxosMessage message = read(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException(
                        "a control plane's message has " + in.available() + " bytes too many");
            }
            return message;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a control plane's message of " + frame.length + " bytes is cut short", e);
        }
    }

    private static PaxosMessage read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Canvass(Ballot.read(in), in.readLong());
            case 2 -> new CanvassAnswer(Ballot.read(in), in.readBoolean(), Ballot.read(in), in.readLong());
            case 3 -> new Prepare(Ballot.read(in), in.readLong());
            case 4 -> new Promise(Ballot.read(in), in.readLong(), readReports(in));
            case 5 -> new Refuse(Ballot.read(in), Ballot.read(in));
            case 6 -> new Accept(Ballot.read(in), in.readLong(), Decree.read(in));
            case 7 -> new Accepted(Ballot.read(in), in.readLong());
            case 8 -> new Commit(Ballot.read(in), in.readLong());
            case 9 -> new Heartbeat(Ballot.read(in), in.readLong(), in.readLong());
            case 10 -> new HeartbeatAnswer(Ballot.read(in), in.readLong());
            case 11 -> new CatchUp(in.readLong(), in.readBoolean(), in.readLong(), in.readInt());
            case 12 -> new Decrees(in.readLong(), readDecrees(in), in.readLong());
            case 13 -> new SnapshotPart(in.readLong(), in.readInt(), in.readInt(), readPart(in));
            case 14 -> new Forward(Decree.read(in));
            case 15 -> new Inquire(in.readLong(), in.readLong());
            case 16 -> new InquiryAnswer(in.readLong(), in.readLong());
            default -> throw new IOException("no message is of kind " + kind);
        };
    }

    private static List<SlotReport> readReports(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<SlotReport> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(SlotReport.read(in));
        }
        return reports;
    }

    private static List<Decree> readDecrees(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Decree> decrees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            decrees.add(Decree.read(in));
        }
        return decrees;
    }

    private static byte[] readPart(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a part of " + length + " bytes");
        }
        return in.readNBytes(length);
    }
}
