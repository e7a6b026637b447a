package dev.boreal.launcher.command;

import dev.boreal.contracts.door.Journal;
import dev.boreal.launcher.client.JournalConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code boreal journal trim}. */
@Command(
        name = "trim",
        description = {
            "Let every replica forget the entries up to and including a position.",
            "Whole segments (64 MB each) go, so the first position may stay where it is."
        },
        mixinStandardHelpOptions = true)
final class JournalTrimCommand extends JournalClientCommand {
    @Parameters(paramLabel = "POSITION", description = "The last position that is not needed any more.")
    private long position;

    @Override
    int run(JournalConnection connection) {
        Journal journal = connection.journal();
        long last = journal.lastDurablePosition();
        if (position < 1 || position > last) {
            complain("there is no entry " + position + " to trim up to; the last one is " + last);
            return BorealCommand.FAILED;
        }
        journal.trim(position);
        out().println("Up to " + position + " may go; the journal holds " + journal.firstPosition() + " to " + last
                + " now.");
        return 0;
    }
}
