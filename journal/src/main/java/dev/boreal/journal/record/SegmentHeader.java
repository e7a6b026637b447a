package dev.boreal.journal.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The first {@link #BYTES} of a segment file: which part of the log it holds, and the state of the log where it begins,
 * so that earlier segments can be trimmed. Big endian:
 *
 * <pre>
 *  0  magic          8  "BOREALJL"
 *  8  version        4
 * 12  checksum       4  CRC32C of the 12 bytes before; these 16 bytes are the same in every version
 * 16  checksum       4  CRC32C of all bytes behind
 * 20  sealed         4  0 or 1
 * 24  number         8  of the segment, as in its file's name
 * 32  firstPosition  8  which the first entry in it has, or will have
 * 40  epoch          8
 * 48  lastTimestamp  8
 * 56  firstIndex     8  which the first record in it has, or will have
 * 64  lastTerm       8
 * 72  joint          4  Joint.ordinal()
 * 76  owner          4  length in bytes, then UTF-8, then zeros
 * </pre>
 *
 * A header of zeros belongs to a segment that was prepared and not used yet.
 */
public record SegmentHeader(
        long number,
        Joint joint,
        long firstIndex,
        long lastTerm,
        long firstPosition,
        long epoch,
        boolean sealed,
        long lastTimestamp,
        String owner) {

    /** How a segment goes on from the ones before it. */
    public enum Joint {
        /** Behind all of them. */
        CONTINUES,
        /** Behind the record before {@code firstIndex}; what earlier segments hold from there on is void. */
        CUTS,
        /** Everything before is void. */
        ANEW
    }

    public static final int BYTES = 4096;
    public static final int VERSION = 2;

    /** The longest name an owner may have, in bytes of UTF-8. */
    public static final int MAX_OWNER_BYTES = 1024;

    private static final long MAGIC = 0x424F_5245_414C_4A4CL;
    private static final int PREAMBLE_BYTES = 12;
    private static final int BODY = 20;
    private static final int OWNER = 76;
    private static final Joint[] JOINTS = Joint.values();

    /** What the first bytes of a file turn out to be. */
    public sealed interface Reading {
        record Valid(SegmentHeader header) implements Reading {}

        record Blank() implements Reading {}

        record OtherVersion(int version) implements Reading {}

        record Damaged(String reason) implements Reading {}
    }

    /** Puts all {@link #BYTES} at the start of {@code out} and makes it ready to be written. */
    public void encode(ByteBuffer out) {
        byte[] bytes = new byte[BYTES];
        ByteBuffer view = ByteBuffer.wrap(bytes);
        view.putLong(MAGIC).putInt(VERSION).putInt(checksum(bytes, 0, PREAMBLE_BYTES));
        byte[] ownerBytes = owner.getBytes(StandardCharsets.UTF_8);
        view.position(BODY);
        view.putInt(sealed ? 1 : 0)
                .putLong(number)
                .putLong(firstPosition)
                .putLong(epoch)
                .putLong(lastTimestamp)
                .putLong(firstIndex)
                .putLong(lastTerm)
                .putInt(joint.ordinal())
                .putInt(ownerBytes.length)
                .put(ownerBytes);
        view.putInt(BODY - Integer.BYTES, checksum(bytes, BODY, BYTES - BODY));
        out.clear().put(bytes).flip();
    }

    /** Reads a header; {@code bytes} are {@link #BYTES} long. */
    public static Reading decode(byte[] bytes) {
        if (isZero(bytes)) {
            return new Reading.Blank();
        }
        ByteBuffer view = ByteBuffer.wrap(bytes);
        if (view.getLong(0) != MAGIC) {
            return new Reading.Damaged("its first bytes are not those of a journal segment");
        }
        if (view.getInt(PREAMBLE_BYTES) != checksum(bytes, 0, PREAMBLE_BYTES)) {
            return new Reading.Damaged("the checksum of its preamble does not hold");
        }
        if (view.getInt(8) != VERSION) {
            return new Reading.OtherVersion(view.getInt(8));
        }
        if (view.getInt(BODY - Integer.BYTES) != checksum(bytes, BODY, BYTES - BODY)) {
            return new Reading.Damaged("the checksum of its header does not hold");
        }
        String owner = new String(bytes, OWNER + Integer.BYTES, view.getInt(OWNER), StandardCharsets.UTF_8);
        return new Reading.Valid(new SegmentHeader(
                view.getLong(24),
                JOINTS[view.getInt(72)],
                view.getLong(56),
                view.getLong(64),
                view.getLong(32),
                view.getLong(40),
                view.getInt(BODY) == 1,
                view.getLong(48),
                owner));
    }

    private static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
