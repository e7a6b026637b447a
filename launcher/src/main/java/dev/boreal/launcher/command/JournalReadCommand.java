package dev.boreal.launcher.command;

import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.launcher.client.JournalConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code boreal journal read}. */
@Command(name = "read", description = "Print durable entries by their positions.", mixinStandardHelpOptions = true)
final class JournalReadCommand extends JournalClientCommand {
    @Parameters(arity = "1..*", paramLabel = "POSITION", description = "Positions, from 1.")
    private List<Long> positions = new ArrayList<>();

    @Option(names = "--raw", description = "Print nothing but the entries' bytes.")
    private boolean raw;

    @Override
    int run(JournalConnection connection) throws IOException {
        for (long position : positions) {
            PositionedEntry entry;
            try {
                entry = connection.journal().read(position);
            } catch (IllegalArgumentException | IllegalStateException e) {
                out().flush();
                complain(String.valueOf(e.getMessage()));
                return BorealCommand.FAILED;
            }
            if (raw) {
                out().write(entry.entry().payload());
            } else {
                out().println(EntryLine.of(entry));
            }
        }
        out().flush();
        return 0;
    }
}
