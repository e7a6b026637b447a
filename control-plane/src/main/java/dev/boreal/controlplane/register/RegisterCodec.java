package dev.boreal.controlplane.register;

import dev.boreal.contracts.cluster.RegisterEntry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How bytes and entries lie in commands, results and snapshots. */
final class RegisterCodec {
    private static final int NONE = -1;
    private static final int LARGEST = 64 << 20;

    private RegisterCodec() {}

    static void writeBytes(DataOutput out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.writeInt(NONE);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static byte @Nullable [] readBytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > LARGEST) {
            throw new IOException("a value of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void writeEntry(DataOutput out, RegisterEntry entry) throws IOException {
        out.writeUTF(entry.key());
        writeBytes(out, entry.value());
        out.writeLong(entry.version());
        out.writeLong(entry.session());
    }

    static RegisterEntry readEntry(DataInput in) throws IOException {
        String key = in.readUTF();
        byte[] value = readBytes(in);
        if (value == null) {
            throw new IOException("the entry " + key + " has no value");
        }
        return new RegisterEntry(key, value, in.readLong(), in.readLong());
    }

    static void writeOptionalEntry(DataOutput out, @Nullable RegisterEntry entry) throws IOException {
        out.writeBoolean(entry != null);
        if (entry != null) {
            writeEntry(out, entry);
        }
    }

    static @Nullable RegisterEntry readOptionalEntry(DataInput in) throws IOException {
        return in.readBoolean() ? readEntry(in) : null;
    }
}
