package dev.boreal.pgwire.service;

import dev.boreal.pgwire.message.InputBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop puts by for the virtual thread that owns a conversation, and where that thread waits for the
 * network. Bounded: above the bound the socket is not read until the mailbox is emptied.
 */
final class Mailbox {
    private static final int FULL_BYTES = 1 << 20;

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable ArrayDeque<ByteBuf> queue;
    private int queuedBytes;
    private boolean readingStopped;
    private boolean inputEnded;
    private volatile boolean closed;

    Mailbox(Channel channel) {
        this.channel = channel;
    }

    /** Takes the bytes over. */
    void put(ByteBuf bytes) {
        lock.lock();
        try {
            if (closed) {
                bytes.release();
                return;
            }
            if (queue == null) {
                queue = new ArrayDeque<>(2);
            }
            queue.add(bytes);
            queuedBytes += bytes.readableBytes();
            if (queuedBytes >= FULL_BYTES && !readingStopped) {
                readingStopped = true;
                channel.config().setAutoRead(false);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Moves everything to the input; false if there was nothing. */
    boolean take(InputBuffer input) {
        lock.lock();
        try {
            return move(input);
        } finally {
            lock.unlock();
        }
    }

    private boolean move(InputBuffer input) {
        if (queue == null || queue.isEmpty()) {
            return false;
        }
        for (ByteBuf bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
            input.append(bytes);
        }
        queuedBytes = 0;
        if (readingStopped) {
            readingStopped = false;
            channel.config().setAutoRead(true);
        }
        return true;
    }

    /** Waits for input and moves it; false if none will come. */
    boolean awaitInput(InputBuffer input) {
        lock.lock();
        try {
            while (!move(input)) {
                if (closed || inputEnded) {
                    return false;
                }
                changed.awaitUninterruptibly();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits while too much is on its way to the client; false if the client is gone. */
    boolean awaitWritable() {
        if (channel.isWritable()) {
            return !closed;
        }
        lock.lock();
        try {
            while (!closed && !channel.isWritable()) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The channel's state has changed. */
    void wakeUp() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for more from the client. What it sent before can still be taken. */
    void endInput() {
        lock.lock();
        try {
            inputEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** The client is gone: nobody waits any longer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
