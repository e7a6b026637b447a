package dev.boreal.examples.elected;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an entry of the journal says to the state machine. */
sealed interface Command {
    /** From now on {@code key} has {@code value}. */
    record Put(String key, String value) implements Command {}

    /** The member {@code owner} leads until {@code notAfter}, in nanoseconds since the Unix epoch, by anybody's clock. */
    record Lease(String owner, long notAfter) implements Command {}

    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Put put -> {
                    out.writeByte('P');
                    out.writeUTF(put.key());
                    out.writeUTF(put.value());
                }
                case Lease lease -> {
                    out.writeByte('L');
                    out.writeUTF(lease.owner());
                    out.writeLong(lease.notAfter());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a command. */
    static Command decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            return switch (kind) {
                case 'P' -> new Put(in.readUTF(), in.readUTF());
                case 'L' -> new Lease(in.readUTF(), in.readLong());
                default -> throw new IllegalArgumentException("no command is of kind " + kind);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("a command is cut short", e);
        }
    }
}
