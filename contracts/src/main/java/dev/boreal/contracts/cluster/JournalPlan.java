package dev.boreal.contracts.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who keeps a journal. Written to the register under {@code journals/NAME}; replaced only by compare-and-set.
 *
 * @param journal its name
 * @param mode how its replicas agree
 * @param term of a chain: rises with every plan; of a quorum: counts changes of membership
 * @param members of a chain: from head to tail; of a quorum: the voters
 * @param learners members that copy and do not count yet
 * @param minimumMembers a chain is never planned shorter than this: rather no commit than one on too few disks
 */
public record JournalPlan(
        String journal,
        ReplicationMode mode,
        long term,
        List<String> members,
        List<String> learners,
        int minimumMembers) {
    private static final int FORMAT = 1;

    public JournalPlan {
        members = List.copyOf(members);
        learners = List.copyOf(learners);
        if (members.isEmpty() || minimumMembers < 1) {
            throw new IllegalArgumentException("a journal needs a member, and at least 1 as minimum");
        }
    }

    public static String key(String journal) {
        return "journals/" + journal;
    }

    public String head() {
        return members.getFirst();
    }

    public String tail() {
        return members.getLast();
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(journal);
            out.writeUTF(mode.name());
            out.writeLong(term);
            write(out, members);
            write(out, learners);
            out.writeInt(minimumMembers);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a plan. */
    public static JournalPlan decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a journal's plan of format " + format + ", expected " + FORMAT);
            }
            return new JournalPlan(
                    in.readUTF(),
                    ReplicationMode.valueOf(in.readUTF()),
                    in.readLong(),
                    read(in),
                    read(in),
                    in.readInt());
        } catch (IOException e) {
            throw new IllegalArgumentException("a journal's plan is cut short", e);
        }
    }

    private static void write(DataOutputStream out, List<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }
}
