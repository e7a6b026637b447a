package dev.boreal.contracts.transaction;

import dev.boreal.contracts.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The payload that a transaction leaves in the journal; the entry's own timestamp is its {@code t_commit}. Laid out as
 *
 * <pre>kind: 1 byte | transaction id: 8 bytes | label: varint length, UTF-8 | chunks: varint count, 8 bytes each | writes</pre>
 *
 * A {@link Kind#COMMIT} is a whole transaction. A transaction too large for one entry sends {@link Kind#CHUNK}
 * records ahead of its commit: they change nothing until a commit record names their positions, and their writes
 * then count as part of it, chunks first, in the order named. A chunk that no commit names never happened.
 *
 * <p>A {@link Kind#TENURE} is no transaction: an adjudicator says how long it decides. The time stands in the place of the
 * transaction id, its owner in that of the label. Who follows transactions passes over it.
 *
 * <p>The record is a view of its bytes: nobody changes them.
 */
public final class TransactionRecord {
    /** What a record is. */
    public enum Kind {
        COMMIT,
        CHUNK,
        TENURE
    }

    private static final Kind[] KINDS = Kind.values();

    private static final int HEADER = 1 + Long.BYTES;

    private final byte[] bytes;
    private final Kind kind;
    private final long transactionId;
    private final String label;
    private final long[] chunkPositions;
    private final WriteSet writes;

    private TransactionRecord(
            byte[] bytes, Kind kind, long transactionId, String label, long[] chunkPositions, WriteSet writes) {
        this.bytes = bytes;
        this.kind = kind;
        this.transactionId = transactionId;
        this.label = label;
        this.chunkPositions = chunkPositions;
        this.writes = writes;
    }

    /** {@code label} tells people which session this was (PostgreSQL's application_name, or empty). */
    public static TransactionRecord commit(long transactionId, String label, long[] chunkPositions, WriteSet writes) {
        return encode(Kind.COMMIT, transactionId, label, chunkPositions, writes);
    }

    public static TransactionRecord chunk(long transactionId, WriteSet writes) {
        return encode(Kind.CHUNK, transactionId, "", new long[0], writes);
    }

    /**
     * {@code owner} decides up to {@code notAfter}: the writer of its epoch issues and promises nothing above it. A later
     * record of the same epoch replaces it. One that ends at its entry's own timestamp gives the tenure back.
     */
    public static TransactionRecord tenure(String owner, long notAfter) {
        return encode(Kind.TENURE, notAfter, owner, new long[0], WriteSet.EMPTY);
    }

    private static TransactionRecord encode(
            Kind kind, long transactionId, String label, long[] chunkPositions, WriteSet writes) {
        byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        int size = HEADER
                + Varint.length(labelBytes.length)
                + labelBytes.length
                + Varint.length(chunkPositions.length)
                + chunkPositions.length * Long.BYTES;
        byte[] bytes = new byte[Math.addExact(size, writes.length())];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.put((byte) kind.ordinal()).putLong(transactionId);
        out.position(Varint.put(bytes, out.position(), labelBytes.length)).put(labelBytes);
        out.position(Varint.put(bytes, out.position(), chunkPositions.length));
        for (long position : chunkPositions) {
            out.putLong(position);
        }
        out.put(writes.buffer(), writes.offset(), writes.length());
        return new TransactionRecord(
                bytes, kind, transactionId, label, chunkPositions.clone(), new WriteSet(bytes, size, writes.length()));
    }

    /** Reads a record; throws IllegalArgumentException if the bytes are not one. Walks no write. */
    public static TransactionRecord decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            Kind kind = kind(in.get());
            long transactionId = in.getLong();
            int labelLength = Varint.get(bytes, in.position());
            int labelAt = in.position() + Varint.length(labelLength);
            String label = new String(bytes, labelAt, labelLength, StandardCharsets.UTF_8);
            in.position(labelAt + labelLength);
            int chunks = Varint.get(bytes, in.position());
            in.position(in.position() + Varint.length(chunks));
            if (chunks > in.remaining() / Long.BYTES) {
                throw new IllegalArgumentException(
                        "transaction record names " + chunks + " chunks, more than it holds");
            }
            long[] positions = new long[chunks];
            for (int i = 0; i < chunks; i++) {
                positions[i] = in.getLong();
            }
            WriteSet writes = new WriteSet(bytes, in.position(), in.remaining());
            return new TransactionRecord(bytes, kind, transactionId, label, positions, writes);
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("transaction record is cut short", e);
        }
    }

    /** The kind of an encoded record, without reading the rest; throws IllegalArgumentException if it is none. */
    public static Kind kindOf(byte[] bytes) {
        if (bytes.length < HEADER) {
            throw new IllegalArgumentException("transaction record is cut short");
        }
        return kind(bytes[0]);
    }

    /** The transaction id of an encoded record, without reading the rest. */
    public static long transactionIdOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong(1);
    }

    private static Kind kind(int code) {
        if (code < 0 || code >= KINDS.length) {
            throw new IllegalArgumentException("unknown kind of transaction record " + code);
        }
        return KINDS[code];
    }

    /** The encoded record, shared. */
    public byte[] bytes() {
        return bytes;
    }

    public Kind kind() {
        return kind;
    }

    public long transactionId() {
        return transactionId;
    }

    public String label() {
        return label;
    }

    /** Of a {@link Kind#TENURE}: up to when its owner decides. */
    public long notAfter() {
        return transactionId;
    }

    /** Of a {@link Kind#TENURE}: who decides. */
    public String owner() {
        return label;
    }

    /** Positions, in the commit's own journal, of the chunks that belong to it. */
    public long[] chunkPositions() {
        return chunkPositions.clone();
    }

    public WriteSet writes() {
        return writes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionRecord that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return kind + " " + transactionId + " \"" + label + "\" chunks=" + chunkPositions.length + " " + writes;
    }
}
