package dev.boreal.pgwire.message;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the body of one message in place. Reused from message to message; one thread at a time. Every read that finds
 * too little throws 08P01 with PostgreSQL's wording and leaves the rest of the input as it is.
 */
public final class MessageBody {
    private final TextCache texts;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int position;
    private int end;

    public MessageBody(TextCache texts) {
        this.texts = texts;
    }

    /** Begins to read the bytes of {@code buffer} in {@code [from, end)}; its indexes stay as they are. */
    public void open(ByteBuf newBuffer, int from, int newEnd) {
        buffer = newBuffer;
        position = from;
        end = newEnd;
    }

    public int remaining() {
        return end - position;
    }

    public byte readByte() {
        if (position >= end) {
            throw violation("no data left in message");
        }
        return buffer.getByte(position++);
    }

    /** An unsigned 16-bit number. */
    public int readShort() {
        require(Short.BYTES);
        int value = buffer.getUnsignedShort(position);
        position += Short.BYTES;
        return value;
    }

    public int readInt() {
        require(Integer.BYTES);
        int value = buffer.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    /** A text that ends with a zero byte. */
    public String readText() {
        int terminator = position < end ? buffer.indexOf(position, end, (byte) 0) : -1;
        if (terminator < 0) {
            throw violation("invalid string in message");
        }
        String text = texts.text(buffer, position, terminator - position);
        position = terminator + 1;
        return text;
    }

    /** Copies {@code length} bytes out of the message. */
    public void readBytes(byte[] target, int offset, int length) {
        require(length);
        buffer.getBytes(position, target, offset, length);
        position += length;
    }

    /** All that is left. */
    public byte[] readRest() {
        byte[] rest = new byte[remaining()];
        readBytes(rest, 0, rest.length);
        return rest;
    }

    public void skip(int length) {
        require(length);
        position += length;
    }

    /** Where the next read begins, for {@link #returnTo}. */
    public int position() {
        return position;
    }

    public void returnTo(int earlierPosition) {
        position = earlierPosition;
    }

    /** The message must have been read to its end. */
    public void finish() {
        if (position != end) {
            throw violation("invalid message format");
        }
    }

    private void require(int length) {
        if (length < 0 || length > end - position) {
            throw violation("insufficient data left in message");
        }
    }

    private static SqlException violation(String message) {
        return new SqlException(SqlState.PROTOCOL_VIOLATION, message);
    }
}
