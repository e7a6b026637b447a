package dev.boreal.journal.disk;

import dev.boreal.journal.replica.Standing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Keeps a replica's standing: two slots written in turn, so that a write that a crash cuts short leaves the one before. A slot is,
 * big endian: magic (8), number (8), which rises, term (8), complete (8), CRC32C of these (8). One thread.
 */
public final class StandingFile implements Closeable {
    private static final String NAME = "replica.standing";
    private static final long MAGIC = 0x424F_5245_414C_5253L;
    private static final int SLOT_BYTES = 4096;
    private static final int USED_BYTES = 40;

    private final DiskFile file;
    private Standing standing = Standing.NONE;
    private long number;

    private StandingFile(DiskFile file) {
        this.file = file;
    }

    /** Opens the file of a directory, or makes it; makes what it found durable. */
    public static StandingFile open(Disk disk) throws IOException {
        DiskFile file = disk.openOrCreate(NAME);
        StandingFile opened = new StandingFile(file);
        boolean fresh = file.size() == 0;
        opened.read(0);
        opened.read(SLOT_BYTES);
        if (fresh) {
            disk.syncNames();
        } else {
            // What was found may be in the cache only.
            opened.write(opened.standing);
        }
        return opened;
    }

    private void read(long offset) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(USED_BYTES);
        if (file.read(slot, offset) < USED_BYTES || slot.getLong(0) != MAGIC || slot.getLong(32) != checksum(slot)) {
            return;
        }
        if (slot.getLong(8) > number) {
            number = slot.getLong(8);
            standing = new Standing(slot.getLong(16), slot.getLong(24) == 1);
        }
    }

    private static long checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().position(0).limit(USED_BYTES - Long.BYTES));
        return crc.getValue();
    }

    public Standing standing() {
        return standing;
    }

    /** It is durable when this returns. */
    public void write(Standing next) throws IOException {
        number++;
        ByteBuffer slot = ByteBuffer.allocate(USED_BYTES)
                .putLong(MAGIC)
                .putLong(number)
                .putLong(next.term())
                .putLong(next.complete() ? 1 : 0);
        slot.putLong(checksum(slot)).flip();
        file.write(slot, number % 2 * SLOT_BYTES);
        file.sync();
        standing = next;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
