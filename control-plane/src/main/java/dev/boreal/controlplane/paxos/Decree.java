package dev.boreal.controlplane.paxos;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What members agree on, one for every number from 1 on. */
public sealed interface Decree {

    /**
     * The first decree of a ballot's own. Whoever led before proposes nothing that counts behind it; a leader serves reads
     * and signs of life only once it stands.
     */
    record Beginning(Ballot ballot) implements Decree {
        @Override
        public String toString() {
            return "beginning of " + ballot;
        }
    }

    /** Says nothing, where something must stand. */
    record Filler() implements Decree {
        @Override
        public String toString() {
            return "filler";
        }
    }

    /** Bytes that the register understands. */
    record Command(byte[] bytes) implements Decree {
        @Override
        public boolean equals(Object other) {
            return other instanceof Command that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "command of " + bytes.length + " bytes, " + Integer.toHexString(hashCode());
        }
    }

    /**
     * Takes one member in. Says nothing if it is in.
     *
     * @param after from which decree on the last change governs that the proposer knows of; says nothing if there was another one
     *     since, so that a change that is decided twice, late, is not done again
     */
    record AddMember(String member, long after) implements Decree {
        @Override
        public String toString() {
            return "add " + member;
        }
    }

    /** Lets one member go, likewise. Says nothing if it is not in, or is the last. */
    record RemoveMember(String member, long after) implements Decree {
        @Override
        public String toString() {
            return "remove " + member;
        }
    }

    default void write(DataOutput out) throws IOException {
        switch (this) {
            case Beginning(Ballot ballot) -> {
                out.writeByte(1);
                ballot.write(out);
            }
            case Filler() -> out.writeByte(2);
            case Command(byte[] bytes) -> {
                out.writeByte(3);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            case AddMember(String member, long after) -> {
                out.writeByte(4);
                out.writeUTF(member);
                out.writeLong(after);
            }
            case RemoveMember(String member, long after) -> {
                out.writeByte(5);
                out.writeUTF(member);
                out.writeLong(after);
            }
        }
    }

    /** Throws IOException if the bytes are not a decree. */
    static Decree read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Beginning(Ballot.read(in));
            case 2 -> new Filler();
            case 3 -> new Command(readBytes(in));
            case 4 -> new AddMember(in.readUTF(), in.readLong());
            case 5 -> new RemoveMember(in.readUTF(), in.readLong());
            default -> throw new IOException("no decree is of kind " + kind);
        };
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Snapshot.LARGEST_BYTES) {
            throw new IOException("a command of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
