package dev.boreal.controlplane.register;

import dev.boreal.contracts.cluster.UpdateOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a command came to. */
public sealed interface Result {

    /** Of a compare-and-set; never Unavailable. */
    record Update(UpdateOutcome outcome) implements Result {}

    record SessionBegun(long session) implements Result {}

    /** Of the end of a session. */
    record Done() implements Result {}

    default void write(DataOutput out) throws IOException {
        switch (this) {
            case Update(UpdateOutcome.Updated(long version)) -> {
                out.writeByte(1);
                out.writeLong(version);
            }
            case Update(UpdateOutcome.VersionMoved moved) -> {
                out.writeByte(2);
                RegisterCodec.writeOptionalEntry(out, moved.current());
            }
            case Update(UpdateOutcome.SessionEnded(long session)) -> {
                out.writeByte(3);
                out.writeLong(session);
            }
            case Update(UpdateOutcome.Unavailable(String message)) -> throw new IllegalStateException(message);
            case SessionBegun(long session) -> {
                out.writeByte(4);
                out.writeLong(session);
            }
            case Done() -> out.writeByte(5);
        }
    }

    static Result read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Update(new UpdateOutcome.Updated(in.readLong()));
            case 2 -> new Update(new UpdateOutcome.VersionMoved(RegisterCodec.readOptionalEntry(in)));
            case 3 -> new Update(new UpdateOutcome.SessionEnded(in.readLong()));
            case 4 -> new SessionBegun(in.readLong());
            case 5 -> new Done();
            default -> throw new IOException("no result is of kind " + kind);
        };
    }
}
