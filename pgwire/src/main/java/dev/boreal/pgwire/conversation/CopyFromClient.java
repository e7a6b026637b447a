package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.message.FrontendMessage;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.message.MessageBody;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * COPY data as the client sends it, read from the input while the statement runs. Flush and Sync are passed over, as
 * PostgreSQL does, for clients that did not notice that their statement was a COPY: such a Sync is lost, and the client
 * sends another when it is done. Any other message means that both sides no longer speak of the same thing, after which
 * the connection cannot go on.
 */
final class CopyFromClient implements ResultSink.CopyIn {
    private final InputBuffer input;
    private final Wire wire;
    private final MessageBody body;
    private final int largestMessageBytes;

    private boolean done;
    private boolean synchronizationLost;

    CopyFromClient(InputBuffer input, Wire wire, MessageBody body, int largestMessageBytes) {
        this.input = input;
        this.wire = wire;
        this.body = body;
        this.largestMessageBytes = largestMessageBytes;
    }

    void begin() {
        done = false;
    }

    /** Whether the client said something that has no place in a COPY. */
    boolean isSynchronizationLost() {
        return synchronizationLost;
    }

    @Override
    public byte @org.jspecify.annotations.Nullable [] next() {
        while (!done) {
            byte type = nextMessage();
            switch (type) {
                case FrontendMessage.COPY_DATA -> {
                    return body.readRest();
                }
                case FrontendMessage.COPY_DONE -> {
                    done = true;
                    body.finish();
                }
                case FrontendMessage.COPY_FAIL -> {
                    done = true;
                    throw new SqlException(SqlState.QUERY_CANCELED, "COPY from stdin failed: " + body.readText());
                }
                default -> {
                    // Flush or Sync.
                }
            }
        }
        return null;
    }

    /** Waits for a whole message, opens its body and moves the input behind it. */
    private byte nextMessage() {
        for (; ; ) {
            ByteBuf bytes = input.bytes();
            int start = bytes.readerIndex();
            if (bytes.isReadable()) {
                int limit = limit(bytes.getByte(start));
                if (bytes.readableBytes() >= FrontendMessage.HEADER_BYTES) {
                    int length = bytes.getInt(start + 1);
                    if (length < Integer.BYTES || length > limit) {
                        throw lost(SqlError.error(SqlState.PROTOCOL_VIOLATION, "invalid message length"));
                    }
                    if (bytes.readableBytes() > length) {
                        body.open(bytes, start + FrontendMessage.HEADER_BYTES, start + 1 + length);
                        bytes.readerIndex(start + 1 + length);
                        return bytes.getByte(start);
                    }
                }
            }
            if (!wire.awaitInput(input)) {
                throw new SqlException(
                        SqlState.CONNECTION_FAILURE, "unexpected EOF on client connection with an open transaction");
            }
        }
    }

    private int limit(byte type) {
        return switch (type) {
            case FrontendMessage.COPY_DATA,
                    FrontendMessage.COPY_DONE,
                    FrontendMessage.COPY_FAIL,
                    FrontendMessage.FLUSH,
                    FrontendMessage.SYNC -> FrontendMessage.lengthLimit(type, largestMessageBytes);
            default ->
                throw lost(SqlError.error(
                        SqlState.PROTOCOL_VIOLATION,
                        String.format(
                                Locale.ROOT,
                                "unexpected message type 0x%02X during COPY from stdin",
                                Byte.toUnsignedInt(type))));
        };
    }

    private SqlException lost(SqlError error) {
        synchronizationLost = true;
        done = true;
        return new SqlException(error);
    }
}
