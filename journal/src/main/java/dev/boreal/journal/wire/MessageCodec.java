package dev.boreal.journal.wire;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.Message;
import dev.boreal.journal.replica.RecordBatch;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Messages as bytes, big endian: format (1), kind (1), term (8), then the fields in their order. Numbers take 8 bytes, truths 1, names 2
 * for their length in UTF-8 and then that. A batch is its first index (8), its size (4), and for each record kind (1), term (8),
 * timestamp (8), length of the payload (4) and the payload.
 */
public final class MessageCodec {
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 10;
    private static final int RECORD_BYTES = 21;

    private static final byte APPEND = 1;
    private static final byte FETCH = 2;
    private static final byte ACCEPTANCE = 3;
    private static final byte PREPARE = 4;
    private static final byte PROMISE = 5;
    private static final byte SUPERSEDED = 6;
    private static final byte BASE = 7;
    private static final byte ADVANCE = 8;
    private static final byte TRIM = 9;
    private static final byte RELAY = 10;

    private MessageCodec() {}

    public static byte[] encode(Message message) {
        return switch (message) {
            case Message.Append append -> append(append);
            case Message.Fetch(long term, long afterIndex) ->
                frame(begin(FETCH, term, 8).putLong(afterIndex));
            case Message.Acceptance(long term, long accepted, long lastIndex, boolean leads, boolean awaited) ->
                frame(begin(ACCEPTANCE, term, 18)
                        .putLong(accepted)
                        .putLong(lastIndex)
                        .put(truth(leads))
                        .put(truth(awaited)));
            case Message.Prepare(long term) -> frame(begin(PREPARE, term, 0));
            case Message.Promise(long term, long lastIndex, long lastTerm) ->
                frame(begin(PROMISE, term, 16).putLong(lastIndex).putLong(lastTerm));
            case Message.Superseded(long term) -> frame(begin(SUPERSEDED, term, 0));
            case Message.Base(long term, LogState base) -> base(term, base);
            case Message.Advance(long term, long timestamp) ->
                frame(begin(ADVANCE, term, 8).putLong(timestamp));
            case Message.Trim(long term, long position) ->
                frame(begin(TRIM, term, 8).putLong(position));
            case Message.Relay relay -> relay(relay);
        };
    }

    private static ByteBuffer begin(byte kind, long term, int bytes) {
        return ByteBuffer.allocate(HEADER_BYTES + bytes).put(FORMAT).put(kind).putLong(term);
    }

    private static byte[] frame(ByteBuffer filled) {
        byte[] frame = new byte[filled.flip().limit()];
        filled.get(frame);
        return frame;
    }

    private static byte truth(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    private static byte[] append(Message.Append append) {
        RecordBatch records = append.records();
        int bytes = 33 + 12;
        for (int i = 0; i < records.size(); i++) {
            bytes += RECORD_BYTES + records.entry(i).payload().length;
        }
        byte[] frame = new byte[HEADER_BYTES + bytes];
        ByteBuffer out = ByteBuffer.wrap(frame)
                .put(FORMAT)
                .put(APPEND)
                .putLong(append.term())
                .putLong(append.previousIndex())
                .putLong(append.previousTerm())
                .putLong(append.committed())
                .putLong(append.heartbeat())
                .put(truth(append.more()))
                .putLong(records.firstIndex())
                .putInt(records.size());
        for (int i = 0; i < records.size(); i++) {
            JournalEntry entry = records.entry(i);
            out.put((byte) records.kind(i).code())
                    .putLong(records.term(i))
                    .putLong(entry.timestamp())
                    .putInt(entry.payload().length)
                    .put(entry.payload());
        }
        return frame;
    }

    private static byte[] base(long term, LogState base) {
        byte[] owner = base.owner().getBytes(StandardCharsets.UTF_8);
        return frame(begin(BASE, term, 43 + owner.length)
                .putLong(base.lastIndex())
                .putLong(base.lastTerm())
                .putLong(base.epoch())
                .putLong(base.lastPosition())
                .putLong(base.lastTimestamp())
                .put(truth(base.isSealed()))
                .putShort((short) owner.length)
                .put(owner));
    }

    private static byte[] relay(Message.Relay relay) {
        byte[] origin = relay.origin().getBytes(StandardCharsets.UTF_8);
        byte[] destination = relay.destination().getBytes(StandardCharsets.UTF_8);
        byte[] inner = encode(relay.message());
        return frame(begin(RELAY, relay.term(), 4 + origin.length + destination.length + inner.length)
                .putShort((short) origin.length)
                .put(origin)
                .putShort((short) destination.length)
                .put(destination)
                .put(inner));
    }

    /** @throws IllegalArgumentException if the bytes are no message of this format */
    public static Message decode(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a replica's message of format " + format + ", expected " + FORMAT);
            }
            return decode(in.get(), in.getLong(), in);
        } catch (BufferUnderflowException | BufferOverflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a replica's message is cut short", e);
        }
    }

    private static Message decode(byte kind, long term, ByteBuffer in) {
        return switch (kind) {
            case APPEND -> decodeAppend(term, in);
            case FETCH -> new Message.Fetch(term, in.getLong());
            case ACCEPTANCE -> new Message.Acceptance(term, in.getLong(), in.getLong(), in.get() == 1, in.get() == 1);
            case PREPARE -> new Message.Prepare(term);
            case PROMISE -> new Message.Promise(term, in.getLong(), in.getLong());
            case SUPERSEDED -> new Message.Superseded(term);
            case BASE -> decodeBase(term, in);
            case ADVANCE -> new Message.Advance(term, in.getLong());
            case TRIM -> new Message.Trim(term, in.getLong());
            case RELAY -> {
                String origin = name(in);
                String destination = name(in);
                byte[] inner = new byte[in.remaining()];
                in.get(inner);
                yield new Message.Relay(origin, destination, decode(inner));
            }
            default -> throw new IllegalArgumentException("a replica's message of kind " + kind);
        };
    }

    private static String name(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Message decodeBase(long term, ByteBuffer in) {
        long lastIndex = in.getLong();
        long lastTerm = in.getLong();
        long epoch = in.getLong();
        long lastPosition = in.getLong();
        long lastTimestamp = in.getLong();
        boolean sealed = in.get() == 1;
        return new Message.Base(
                term, new LogState(lastIndex, lastTerm, epoch, name(in), sealed, lastPosition, lastTimestamp));
    }

    private static Message decodeAppend(long term, ByteBuffer in) {
        long previousIndex = in.getLong();
        long previousTerm = in.getLong();
        long committed = in.getLong();
        long heartbeat = in.getLong();
        boolean more = in.get() == 1;
        return new Message.Append(term, previousIndex, previousTerm, decodeBatch(in), committed, heartbeat, more);
    }

    private static RecordBatch decodeBatch(ByteBuffer in) {
        long firstIndex = in.getLong();
        int size = in.getInt();
        if (size == 0) {
            return RecordBatch.empty();
        }
        if (size < 0 || (long) size * RECORD_BYTES > in.remaining()) {
            throw new BufferUnderflowException();
        }
        long[] terms = new long[size];
        RecordKind[] kinds = new RecordKind[size];
        JournalEntry[] entries = new JournalEntry[size];
        for (int i = 0; i < size; i++) {
            int code = in.get();
            RecordKind kind = RecordKind.of(code);
            if (kind == null) {
                throw new IllegalArgumentException("a record of kind " + code + " in a replica's message");
            }
            kinds[i] = kind;
            terms[i] = in.getLong();
            long timestamp = in.getLong();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] payload = new byte[length];
            in.get(payload);
            entries[i] = new JournalEntry(timestamp, payload);
        }
        return new RecordBatch(firstIndex, size, terms, kinds, entries);
    }
}
