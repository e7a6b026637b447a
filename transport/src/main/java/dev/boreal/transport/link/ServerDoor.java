package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/**
 * A door as a server offers it.
 *
 * @param <I> what arrives on its streams
 */
public interface ServerDoor<I extends MessageLite> {

    DoorKind kind();

    /** Which door of its kind, where a process has several; else empty. */
    String instance();

    Parser<I> parser();

    /**
     * Takes a stream whose opener passed the handshake; its messages go to what is returned. Called on the stream's loop; must
     * not block.
     *
     * @throws LinkRefusedException if this door does not take it now
     */
    LinkHandler<I> accept(ServerStream stream) throws LinkRefusedException;
}
