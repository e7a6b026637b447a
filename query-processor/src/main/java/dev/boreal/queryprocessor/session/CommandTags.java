package dev.boreal.queryprocessor.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tags that tell a client that its command is done. In the simple protocol the last command of a string that is a
 * transaction of its own is done when that has committed: its tag is held back until then. One thread at a time.
 */
final class CommandTags {
    private final Consumer<String> sink;
    private boolean holding;
    private @Nullable String held;

    CommandTags(Consumer<String> sink) {
        this.sink = sink;
    }

    /** A command is done, but for the commit that may follow. */
    void complete(String tag) {
        if (holding) {
            held = tag;
        } else {
            sink.accept(tag);
        }
    }

    /** Has the next tag wait. */
    void hold() {
        holding = true;
        held = null;
    }

    /** Sends the tag that waits. */
    void release() {
        holding = false;
        if (held != null) {
            sink.accept(held);
            held = null;
        }
    }

    /** Forgets the tag that waits: the command has failed, or is run again. */
    void drop() {
        holding = false;
        held = null;
    }
}
