package dev.boreal.pgwire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * What a client has said and nobody has read yet. Holds the network's own buffer as long as messages come whole,
 * gathers only what is cut, and holds nothing when there is nothing. One thread at a time.
 */
public final class InputBuffer {
    private final ByteBufAllocator allocator;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean gathered;

    public InputBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** What is unread. The buffer may be another one after {@link #append} or {@link #trim}. */
    public ByteBuf bytes() {
        return bytes;
    }

    /** Adds bytes and takes them over. */
    public void append(ByteBuf more) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
            gathered = false;
            return;
        }
        gather(more.readableBytes());
        bytes.writeBytes(more);
        more.release();
    }

    /** Gives back memory that holds nothing unread; a cut message moves out of the large network buffer. */
    public void trim() {
        if (!bytes.isReadable()) {
            release();
        } else if (!gathered) {
            gather(0);
        }
    }

    private void gather(int more) {
        if (gathered) {
            bytes.discardSomeReadBytes();
            if (bytes.writableBytes() < more) {
                // Doubles, for Netty alone would grow a large buffer in small steps.
                bytes.ensureWritable(
                        Math.min(Math.max(more, bytes.capacity()), Integer.MAX_VALUE - bytes.writerIndex()));
            }
            return;
        }
        ByteBuf whole = allocator.directBuffer(Math.max(256, bytes.readableBytes() + more));
        whole.writeBytes(bytes);
        bytes.release();
        bytes = whole;
        gathered = true;
    }

    /** Gives away what is unread, to be released by the caller. */
    public ByteBuf take() {
        ByteBuf unread = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        gathered = false;
        return unread;
    }

    public void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
        gathered = false;
    }

    /** The last bytes are a Terminate: the client has said goodbye in order. */
    public static boolean endsWithTerminate(ByteBuf bytes) {
        int end = bytes.writerIndex();
        return bytes.readableBytes() >= FrontendMessage.HEADER_BYTES
                && bytes.getByte(end - FrontendMessage.HEADER_BYTES) == FrontendMessage.TERMINATE
                && bytes.getInt(end - Integer.BYTES) == Integer.BYTES;
    }
}
