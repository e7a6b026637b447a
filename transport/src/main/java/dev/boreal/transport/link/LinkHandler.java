package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/**
 * What one end does with its streams. All calls come on the loop of the stream, one at a time, and must not block.
 *
 * @param <I> what arrives
 */
public interface LinkHandler<I extends MessageLite> {

    /** The handshake is done: messages may go out from here on. */
    void onOpened();

    /**
     * A message that says something.
     *
     * @throws MalformedMessageException ends the stream
     * @throws IllegalArgumentException as well
     */
    void onMessage(I message) throws MalformedMessageException;

    /** Everything that waits, or a good part of it, as one message; null if nothing waits. */
    @Nullable MessageLite nextBatch();

    /** The stream is over, or the attempt to open one: why, for people. */
    void onClosed(String reason);
}
