package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.message.BackendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client is told goes through here, straight into one buffer that leaves when an answer is due: after
 * ReadyForQuery or a Flush, or, where the caller may wait, when it is full. One thread at a time.
 */
final class ResultWriter implements ResultSink {
    /** Room for the answer to a point statement. */
    private static final int SMALL_BYTES = 1024;

    /** Rows leave in pieces of this size where the caller may wait. */
    private static final int PIECE_BYTES = 64 * 1024;

    /** Elsewhere the next message waits until this much has left. */
    private static final int FULL_BYTES = 256 * 1024;

    private static final int LONGEST_DECIMAL = 20;
    private static final int NULL_LENGTH = -1;

    private final Wire wire;
    private final CopyFromClient copyFromClient;

    private @Nullable ByteBuf out;
    /** How many bytes went before those in the buffer. */
    private long taken;
    /** What was promised to leave: nothing before it can be taken back. */
    private long promised;

    private boolean mayBlock;
    private boolean amidLargeResult;
    private boolean due;
    private int rowStart = -1;
    private int fieldStart;

    ResultWriter(Wire wire, CopyFromClient copyFromClient) {
        this.wire = wire;
        this.copyFromClient = copyFromClient;
    }

    ByteBuf buffer() {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = wire.allocate(amidLargeResult ? PIECE_BYTES + SMALL_BYTES : SMALL_BYTES);
            out = buffer;
        }
        return buffer;
    }

    /** Whether the thread that writes from now on may wait. */
    void mayBlock(boolean allowed) {
        mayBlock = allowed;
    }

    /** What is written now shall leave soon. */
    void makeDue() {
        due = true;
        promised = position();
    }

    boolean isDue() {
        return due;
    }

    boolean isFull() {
        return out != null && out.readableBytes() >= FULL_BYTES;
    }

    /** Hands over what is written; null if there is nothing. */
    @Nullable ByteBuf take() {
        ByteBuf buffer = out;
        due = false;
        if (buffer == null) {
            return null;
        }
        taken += buffer.readableBytes();
        amidLargeResult = buffer.readableBytes() >= PIECE_BYTES;
        out = null;
        return buffer;
    }

    /** Sends where waiting is allowed; false if the client is gone. */
    boolean send() {
        ByteBuf buffer = take();
        return buffer == null || wire.send(buffer);
    }

    /** Forgets a row that a failure cut. */
    void abandonRow() {
        if (rowStart >= 0) {
            buffer().writerIndex(rowStart);
            rowStart = -1;
        }
    }

    private void sendFullPiece(ByteBuf buffer) {
        if (mayBlock && buffer.readableBytes() >= PIECE_BYTES) {
            sendOrFail();
        }
    }

    private void sendOrFail() {
        if (!send()) {
            throw new SqlException(SqlState.CONNECTION_FAILURE, "connection to client lost");
        }
    }

    @Override
    public void rowDescription(List<FieldDescription> fields) {
        BackendMessage.rowDescription(buffer(), fields);
    }

    @Override
    public void noData() {
        BackendMessage.empty(buffer(), 'n');
    }

    @Override
    public void parameterDescription(int[] typeOids) {
        BackendMessage.parameterDescription(buffer(), typeOids);
    }

    @Override
    public void parseComplete() {
        BackendMessage.empty(buffer(), '1');
    }

    @Override
    public void bindComplete() {
        BackendMessage.empty(buffer(), '2');
    }

    void closeComplete() {
        BackendMessage.empty(buffer(), '3');
    }

    @Override
    public void commandComplete(String tag) {
        BackendMessage.commandComplete(buffer(), tag);
    }

    @Override
    public void emptyQueryResponse() {
        BackendMessage.empty(buffer(), 'I');
    }

    @Override
    public void portalSuspended() {
        BackendMessage.empty(buffer(), 's');
    }

    @Override
    public void notice(SqlError notice) {
        BackendMessage.errorOrNotice(buffer(), notice);
    }

    @Override
    public void parameterStatus(String name, String value) {
        BackendMessage.parameterStatus(buffer(), name, value);
    }

    @Override
    public void beginRow(int fields) {
        ByteBuf buffer = buffer();
        rowStart = buffer.writerIndex();
        BackendMessage.begin(buffer, BackendMessage.DATA_ROW);
        buffer.writeShort(fields);
    }

    @Override
    public void endRow() {
        ByteBuf buffer = buffer();
        BackendMessage.end(buffer, rowStart + 1);
        rowStart = -1;
        sendFullPiece(buffer);
    }

    @Override
    public void nullField() {
        buffer().writeInt(NULL_LENGTH);
    }

    @Override
    public void field(byte[] bytes, int offset, int length) {
        ByteBuf buffer = buffer();
        buffer.writeInt(length);
        buffer.writeBytes(bytes, offset, length);
    }

    @Override
    public void textField(String text) {
        ByteBuf buffer = buffer();
        int lengthAt = buffer.writerIndex();
        buffer.writeInt(0);
        buffer.setInt(lengthAt, ByteBufUtil.writeUtf8(buffer, text));
    }

    @Override
    public void decimalField(long value) {
        ByteBuf buffer = buffer();
        buffer.ensureWritable(Integer.BYTES + LONGEST_DECIMAL);
        int length = decimalLength(value);
        int start = buffer.writerIndex();
        buffer.setInt(start, length);
        int at = start + Integer.BYTES + length;
        buffer.writerIndex(at);
        // Digits of the negative, which has room for Long.MIN_VALUE.
        long rest = value < 0 ? value : -value;
        do {
            buffer.setByte(--at, '0' - (int) (rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            buffer.setByte(--at, '-');
        }
    }

    private static int decimalLength(long value) {
        int length = value < 0 ? 2 : 1;
        long bound = -10;
        long rest = value < 0 ? value : -value;
        while (length < LONGEST_DECIMAL && rest <= bound) {
            length++;
            if (bound < Long.MIN_VALUE / 10) {
                break;
            }
            bound *= 10;
        }
        return length;
    }

    @Override
    public void beginField() {
        ByteBuf buffer = buffer();
        fieldStart = buffer.writerIndex();
        buffer.writeInt(0);
    }

    @Override
    public void writeByte(int value) {
        buffer().writeByte(value);
    }

    @Override
    public void writeShort(int value) {
        buffer().writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        buffer().writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        buffer().writeLong(value);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) {
        buffer().writeBytes(bytes, offset, length);
    }

    @Override
    public void endField() {
        ByteBuf buffer = buffer();
        buffer.setInt(fieldStart, buffer.writerIndex() - fieldStart - Integer.BYTES);
    }

    @Override
    public CopyIn copyIn(boolean binary, short[] columnFormats) {
        if (!mayBlock) {
            throw new IllegalStateException("COPY from the client waits, which this thread must not");
        }
        BackendMessage.copyResponse(buffer(), 'G', binary, columnFormats);
        sendOrFail();
        copyFromClient.begin();
        return copyFromClient;
    }

    @Override
    public void copyOut(boolean binary, short[] columnFormats) {
        BackendMessage.copyResponse(buffer(), 'H', binary, columnFormats);
    }

    @Override
    public void copyData(byte[] bytes, int offset, int length) {
        ByteBuf buffer = buffer();
        BackendMessage.copyData(buffer, bytes, offset, length);
        sendFullPiece(buffer);
    }

    @Override
    public void copyDone() {
        BackendMessage.empty(buffer(), 'c');
    }

    @Override
    public long position() {
        return taken + (out == null ? 0 : out.readableBytes());
    }

    @Override
    public boolean rewind(long position) {
        if (position > position()) {
            throw new IllegalArgumentException("position " + position + " is not written yet");
        }
        if (position < taken || position < promised) {
            return false;
        }
        if (out != null) {
            out.writerIndex((int) (position - taken));
        }
        rowStart = -1;
        return true;
    }

    @Override
    public void flush() {
        makeDue();
        if (mayBlock) {
            sendOrFail();
        }
    }
}
