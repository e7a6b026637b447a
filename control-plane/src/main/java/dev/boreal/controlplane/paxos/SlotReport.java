package dev.boreal.controlplane.paxos;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a member knows of one decree.
 *
 * @param ballot in which it was accepted last
 * @param decided whether the member knows that it is decided; the ballot says nothing then
 */
public record SlotReport(long slot, Ballot ballot, Decree decree, boolean decided) {

    public void write(DataOutput out) throws IOException {
        out.writeLong(slot);
        ballot.write(out);
        decree.write(out);
        out.writeBoolean(decided);
    }

    public static SlotReport read(DataInput in) throws IOException {
        return new SlotReport(in.readLong(), Ballot.read(in), Decree.read(in), in.readBoolean());
    }

    @Override
    public String toString() {
        return slot + (decided ? " decided " : " in " + ballot + " ") + decree;
    }
}
