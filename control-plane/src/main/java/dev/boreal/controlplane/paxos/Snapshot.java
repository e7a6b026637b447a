package dev.boreal.controlplane.paxos;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the decrees up to {@code slot} amount to, so that they need not be kept.
 *
 * @param slot the last decree in it
 * @param era the highest ballot whose beginning is in it
 * @param memberships who decides what follows
 * @param state bytes of the register; empty for nothing
 */
public record Snapshot(long slot, Ballot era, Memberships memberships, byte[] state) {
    /** Larger ones are not made, and refused when they arrive. */
    public static final int LARGEST_BYTES = 256 << 20;

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(slot);
            era.write(out);
            memberships.write(out);
            out.writeInt(state.length);
            out.write(state);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a snapshot. */
    public static Snapshot decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long slot = in.readLong();
            Ballot era = Ballot.read(in);
            Memberships memberships = Memberships.read(in);
            int length = in.readInt();
            if (length != in.available()) {
                throw new IllegalArgumentException("a snapshot says " + length + " bytes and has " + in.available());
            }
            return new Snapshot(slot, era, memberships, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("a snapshot is cut short", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that
                && slot == that.slot
                && era.equals(that.era)
                && memberships.equals(that.memberships)
                && Arrays.equals(state, that.state);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(slot) * 31 + Arrays.hashCode(state);
    }

    @Override
    public String toString() {
        return "snapshot through " + slot + " of " + state.length + " bytes";
    }
}
