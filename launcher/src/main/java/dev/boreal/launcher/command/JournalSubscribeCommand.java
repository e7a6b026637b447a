package dev.boreal.launcher.command;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.launcher.client.JournalConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code boreal journal subscribe}: follows a journal until it is interrupted. */
@Command(
        name = "subscribe",
        aliases = "tail",
        description = {
            "Follow the journal: print every entry as soon as it is durable, until interrupted.",
            "A line has position, epoch, time and text, with tabs between them."
        },
        mixinStandardHelpOptions = true)
final class JournalSubscribeCommand extends JournalClientCommand {
    private static final int AHEAD = 1024;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Begin behind this entry; 0 is the beginning (default: behind the last one).")
    private @Nullable Long after;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "NUMBER",
            description = "End after so many entries.")
    private @Nullable Long count;

    @Option(names = "--raw", description = "Print nothing but the entries' bytes, each followed by a line's end.")
    private boolean raw;

    @Override
    void check() {
        if (after != null && after < 0) {
            throw wrong("--after takes a position: 0 or above");
        }
        if (count != null && count < 1) {
            throw wrong("--count takes a number above 0");
        }
    }

    @Override
    int run(JournalConnection connection) throws IOException, InterruptedException {
        Journal journal = connection.journal();
        Arrivals arrivals = new Arrivals();
        long left = count == null ? Long.MAX_VALUE : count;
        long from = after == null ? journal.lastDurablePosition() : after;
        try (EntrySubscription subscription = journal.subscribe(from, arrivals)) {
            subscription.request(AHEAD);
            while (left > 0) {
                Object next = arrivals.queue.take();
                if (!(next instanceof PositionedEntry entry)) {
                    complain("the stream ended: " + next);
                    return BorealCommand.FAILED;
                }
                print(entry, raw);
                left--;
                subscription.request(1);
                if (arrivals.queue.isEmpty() || left == 0) {
                    out().flush();
                    if (out().checkError()) {
                        return 0; // nobody reads any more, as with head
                    }
                }
            }
        }
        return 0;
    }

    private void print(PositionedEntry entry, boolean bytes) throws IOException {
        if (bytes) {
            out().write(entry.entry().payload());
            out().write('\n');
        } else {
            out().println(EntryLine.of(entry));
        }
    }

    /** Entries, and in the end the reason why there are no more. */
    private static final class Arrivals implements EntrySubscriber {
        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

        @Override
        public void onEntries(List<PositionedEntry> entries) {
            queue.addAll(entries);
        }

        @Override
        public void onWatermark(long timestamp) {}

        @Override
        public void onClosed(String reason) {
            queue.add(reason);
        }
    }
}
