package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.pgwire.message.InputBuffer;
import io.netty.buffer.ByteBuf;

/**
 * What a conversation needs of the connection that carries it. Used by the thread that advances the conversation;
 * {@link #send} and {@link #awaitInput} only where it may block.
 */
public interface Wire {

    /** An empty buffer with room for {@code capacity} bytes, which grows as needed. */
    ByteBuf allocate(int capacity);

    /**
     * Takes the bytes over and sends them. Waits while too much is under way already.
     *
     * @return false if the client is gone; the bytes are released all the same
     */
    boolean send(ByteBuf bytes);

    /**
     * Waits for more from the client and appends it.
     *
     * @return false if the client is gone
     */
    boolean awaitInput(InputBuffer input);

    /** Has the conversation {@linkplain Conversation#terminate terminated}. Any thread; returns at once. */
    void terminate(SqlError reason);
}
