package dev.boreal.transport.link;

import io.netty.channel.EventLoop;

/** A stream that somebody opened to this process. Any thread. */
public interface ServerStream {

    /** Who opened it. */
    String member();

    EventLoop loop();

    /** There is something to send. */
    void wake();

    /** There is something to send, which may wait so long for more. */
    void wakeWithin(long nanos);

    /** Ends the stream and tells the opener why. The handler hears it. */
    void close(String reason);
}
