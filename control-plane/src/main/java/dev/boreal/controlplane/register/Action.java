package dev.boreal.controlplane.register;

import dev.boreal.controlplane.paxos.Ballot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a command wants of the register. */
public sealed interface Action {

    /**
     * @param expectedVersion 0 if there shall be no entry
     * @param value null removes
     * @param session to bind the entry to, or 0
     */
    record CompareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session) implements Action {
        @Override
        public boolean equals(Object other) {
            return other instanceof CompareAndSet that
                    && key.equals(that.key)
                    && expectedVersion == that.expectedVersion
                    && Arrays.equals(value, that.value)
                    && session == that.session;
        }

        @Override
        public int hashCode() {
            return key.hashCode() * 31 + Long.hashCode(expectedVersion);
        }

        @Override
        public String toString() {
            return (value == null ? "remove " : "set ") + key + "@" + expectedVersion;
        }
    }

    record BeginSession(String name, long leaseNanos) implements Action {}

    record EndSession(long session) implements Action {}

    /**
     * Ends a session for want of a sign of life.
     *
     * @param era the ballot of the leader who waited in vain. Does nothing if another one has begun since: it gave every session a
     *     fresh lease
     */
    record ExpireSession(long session, Ballot era) implements Action {}

    default void write(DataOutput out) throws IOException {
        switch (this) {
            case CompareAndSet(String key, long expectedVersion, byte @Nullable [] value, long session) -> {
                out.writeByte(1);
                out.writeUTF(key);
                out.writeLong(expectedVersion);
                RegisterCodec.writeBytes(out, value);
                out.writeLong(session);
            }
            case BeginSession(String name, long leaseNanos) -> {
                out.writeByte(2);
                out.writeUTF(name);
                out.writeLong(leaseNanos);
            }
            case EndSession(long session) -> {
                out.writeByte(3);
                out.writeLong(session);
            }
            case ExpireSession(long session, Ballot era) -> {
                out.writeByte(4);
                out.writeLong(session);
                era.write(out);
            }
        }
    }

    static Action read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new CompareAndSet(in.readUTF(), in.readLong(), RegisterCodec.readBytes(in), in.readLong());
            case 2 -> new BeginSession(in.readUTF(), in.readLong());
            case 3 -> new EndSession(in.readLong());
            case 4 -> new ExpireSession(in.readLong(), Ballot.read(in));
            default -> throw new IOException("no action is of kind " + kind);
        };
    }
}
