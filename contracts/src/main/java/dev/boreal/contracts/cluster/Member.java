package dev.boreal.contracts.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A process of the cluster, as it tells of itself in the register under {@code members/NAME}, bound to its session: the entry is
 * there while the process lives.
 *
 * @param name unique in the cluster, the same after a restart: {@code journal-a}
 * @param role what it is for
 * @param zone where it stands
 * @param host where its doors listen
 * @param port 0 if it has no doors for other processes
 * @param clientPort where it serves PostgreSQL clients, or 0
 * @param incarnation rises with every start of the member
 */
public record Member(String name, Role role, String zone, String host, int port, int clientPort, long incarnation) {
    public static final String PREFIX = "members/";
    private static final int FORMAT = 1;

    public static String key(String name) {
        return PREFIX + name;
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(name);
            out.writeUTF(role.label());
            out.writeUTF(zone);
            out.writeUTF(host);
            out.writeInt(port);
            out.writeInt(clientPort);
            out.writeLong(incarnation);
        } catch (IOException e) {
            throw new IllegalStateException("memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException if the bytes are not a member. */
    public static Member decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a member of format " + format + ", expected " + FORMAT);
            }
            return new Member(
                    in.readUTF(),
                    Role.of(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readInt(),
                    in.readInt(),
                    in.readLong());
        } catch (IOException e) {
            throw new IllegalArgumentException("a member's entry is cut short", e);
        }
    }
}
