package dev.boreal.launcher.command;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.launcher.client.JournalConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code boreal journal epoch}: shows the current epoch, opens the next one, or seals one. */
@Command(
        name = "epoch",
        description = {
            "Show the current epoch and the first and last position; or open the next epoch, or seal the current one.",
            "Exit code 4: refused, because the epoch has moved."
        },
        mixinStandardHelpOptions = true)
final class JournalEpochCommand extends JournalClientCommand {
    @Option(names = "--open", description = "Open the next epoch, and print it: who wrote before is shut out.")
    private boolean open;

    @Option(names = "--seal", description = "Close the current epoch without opening another one.")
    private boolean seal;

    @Option(
            names = "--expect",
            paramLabel = "EPOCH",
            description = "Only if this is the current epoch (0: nobody ever opened one).")
    private @Nullable Long expected;

    @Option(names = "--owner", paramLabel = "NAME", description = "Whose epoch it shall be (default: shell).")
    private String owner = "shell";

    @Override
    void check() {
        if (open && seal) {
            throw wrong("--open and --seal exclude one another");
        }
        if (expected != null && !open && !seal) {
            throw wrong("--expect goes with --open or --seal");
        }
    }

    @Override
    int run(JournalConnection connection) {
        Journal journal = connection.journal();
        long current = journal.currentEpoch();
        if (seal) {
            return seal(journal, current);
        }
        if (!open) {
            out().println("epoch " + current + ", entries " + journal.firstPosition() + " to "
                    + journal.lastDurablePosition());
            return 0;
        }
        return switch (journal.open(owner, expected == null ? current : expected, timestamp -> {})) {
            case OpenOutcome.Opened opened -> {
                out().println(opened.epoch());
                yield 0;
            }
            case OpenOutcome.EpochMoved moved -> {
                complain("the current epoch is " + moved.currentEpoch() + ", of " + moved.owner());
                yield JournalCommand.REFUSED;
            }
            case OpenOutcome.NotLeader _ -> {
                complain("no replica of the journal leads now");
                yield BorealCommand.FAILED;
            }
            case OpenOutcome.Unavailable unavailable -> {
                complain(unavailable.message());
                yield BorealCommand.FAILED;
            }
        };
    }

    private int seal(Journal journal, long current) {
        if (expected != null && expected != current) {
            complain("the current epoch is " + current);
            return JournalCommand.REFUSED;
        }
        try {
            journal.seal(current);
        } catch (IllegalStateException e) {
            complain(String.valueOf(e.getMessage()));
            return BorealCommand.FAILED;
        }
        out().println("epoch " + current + " is sealed");
        return 0;
    }
}
