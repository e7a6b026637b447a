package dev.boreal.controlplane.register;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * An action, and who asked for it. A client that hears no answer sends the same command again; it is done once.
 *
 * @param client drawn by chance at every start of a member, so no two share one; 0 for a leader's own, which are not remembered
 * @param sequence counts the client's commands from 1
 * @param settledThrough the client has its answers up to this sequence, or gave them up; nothing of those is done any more
 */
public record Command(long client, long sequence, long settledThrough, Action action) {
    public static final long NO_CLIENT = 0;

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(client);
            out.writeLong(sequence);
            out.writeLong(settledThrough);
            action.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a command. */
    public static Command decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Command(in.readLong(), in.readLong(), in.readLong(), Action.read(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("a command of the register is cut short", e);
        }
    }
}
