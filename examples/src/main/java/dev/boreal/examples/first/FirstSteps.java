package dev.boreal.examples.first;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.launcher.client.EpochWriter;
import dev.boreal.launcher.client.EpochWriter.Outcome;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.client.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Appends, appends on a condition, and follows. The argument is a journal's directory (default: ./journal). */
public final class FirstSteps {
    private FirstSteps() {}

    public static void main(String[] arguments) throws IOException, RefusedException, InterruptedException {
        Path file = Path.of(arguments.length == 0 ? "journal" : arguments[0], "cluster.yaml");
        try (JournalConnection connection = JournalConnection.open(file, "main")) {
            System.out.println(String.join("\n", take(connection.journal())));
        }
    }

    /** What the journal says of three appends, the last of which it refuses. */
    static List<String> take(Journal journal) throws RefusedException, InterruptedException {
        EpochWriter writer = EpochWriter.open(journal, "first-steps", new SystemClock(0));
        Outcome.Durable first = (Outcome.Durable) writer.append("hello".getBytes(UTF_8));

        Outcome second = writer.appendIf(first.position(), "world".getBytes(UTF_8));
        Outcome refused = writer.appendIf(first.position(), "too late".getBytes(UTF_8));
        String why = refused instanceof Outcome.Refused(AppendRefusal.PositionMoved(long last))
                ? "the journal is at " + last + " already"
                : "it was not refused: " + refused;

        CountDownLatch both = new CountDownLatch(2);
        StringBuilder heard = new StringBuilder();
        EntrySubscriber subscriber = new EntrySubscriber() {
            @Override
            public void onEntries(List<PositionedEntry> entries) {
                for (PositionedEntry entry : entries) {
                    heard.append(new String(entry.entry().payload(), UTF_8)).append(' ');
                    both.countDown();
                }
            }

            @Override
            public void onWatermark(long timestamp) {}

            @Override
            public void onClosed(String reason) {}
        };
        try (EntrySubscription subscription = journal.subscribe(first.position() - 1, subscriber)) {
            subscription.request(2);
            both.await();
        }
        return List.of(
                "the second one was " + (second instanceof Outcome.Durable ? "durable" : "refused"),
                "the third one was refused: " + why,
                "heard: " + heard.toString().strip());
    }
}
