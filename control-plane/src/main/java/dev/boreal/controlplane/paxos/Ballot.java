package dev.boreal.controlplane.paxos;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The number under which a member proposes. Ordered by round, then by name, so that no two members ever share one.
 *
 * @param round rises with every attempt
 * @param member who proposes
 */
public record Ballot(long round, String member) implements Comparable<Ballot> {
    /** Below every ballot of a member. */
    public static final Ballot NONE = new Ballot(0, "");

    @Override
    public int compareTo(Ballot other) {
        int byRound = Long.compare(round, other.round);
        return byRound != 0 ? byRound : member.compareTo(other.member);
    }

    public boolean isAbove(Ballot other) {
        return compareTo(other) > 0;
    }

    public boolean isBelow(Ballot other) {
        return compareTo(other) < 0;
    }

    public static Ballot higher(Ballot one, Ballot other) {
        return one.isAbove(other) ? one : other;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(round);
        out.writeUTF(member);
    }

    public static Ballot read(DataInput in) throws IOException {
        return new Ballot(in.readLong(), in.readUTF());
    }

    @Override
    public String toString() {
        return round == 0 ? "none" : round + "." + member;
    }
}
