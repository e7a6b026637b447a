package dev.boreal.launcher.command;

import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.launcher.client.EpochWriter;
import dev.boreal.launcher.client.EpochWriter.Outcome;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.client.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code boreal journal append}. */
@Command(
        name = "append",
        description = {
            "Append entries, and print the position of each when it is durable.",
            "Opens the next epoch, which shuts out whoever wrote before, unless --epoch names one to go on in.",
            "Exit code 4: refused, because the epoch or the position has moved."
        },
        mixinStandardHelpOptions = true)
final class JournalAppendCommand extends JournalClientCommand {
    private static final int UNDER_WAY = 1024;

    @Parameters(
            arity = "0..*",
            paramLabel = "ENTRY",
            description = "Entries; without any: each line of standard input is one.")
    private List<String> entries = new ArrayList<>();

    @Option(
            names = "--if-position",
            paramLabel = "POSITION",
            description =
                    "Only if the last entry has this position (0: if there is none); several entries each behind the one before.")
    private @Nullable Long expectedPosition;

    @Option(
            names = "--epoch",
            paramLabel = "EPOCH",
            description = "Go on in this epoch, which must be the current one.")
    private @Nullable Long epoch;

    @Option(names = "--owner", paramLabel = "NAME", description = "Whose epoch it shall be (default: shell).")
    private String owner = "shell";

    @Override
    void check() {
        if (expectedPosition != null && expectedPosition < 0) {
            throw wrong("--if-position takes a position: 0 or above");
        }
        if (epoch != null && epoch < 1) {
            throw wrong("--epoch takes an epoch: 1 or above");
        }
    }

    @Override
    int run(JournalConnection connection) throws IOException {
        EpochWriter writer;
        try {
            writer = writer(connection.journal());
        } catch (RefusedException e) {
            complain(String.valueOf(e.getMessage()));
            return e.outcome() instanceof OpenOutcome.EpochMoved ? JournalCommand.REFUSED : BorealCommand.FAILED;
        }
        if (!entries.isEmpty()) {
            return append(writer, entries.iterator());
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return append(writer, lines.lines().iterator());
        }
    }

    private EpochWriter writer(Journal journal) throws RefusedException {
        SystemClock clock = new SystemClock(0);
        return epoch == null ? EpochWriter.open(journal, owner, clock) : EpochWriter.resume(journal, epoch, clock);
    }

    private int append(EpochWriter writer, Iterator<String> texts) {
        Deque<CompletableFuture<Outcome>> underWay = new ArrayDeque<>();
        long behind = expectedPosition == null ? -1 : expectedPosition;
        int code = 0;
        while (code == 0 && texts.hasNext()) {
            byte[] payload = texts.next().getBytes(StandardCharsets.UTF_8);
            if (behind >= 0) {
                code = tell(writer.appendIf(behind++, payload));
            } else {
                underWay.add(writer.appendAsync(payload));
            }
            while (code == 0 && !underWay.isEmpty() && (underWay.size() >= UNDER_WAY || !texts.hasNext())) {
                code = tell(underWay.remove().join());
            }
        }
        out().flush();
        return code;
    }

    private int tell(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Durable durable -> {
                out().println(durable.position());
                yield 0;
            }
            case Outcome.Refused refused -> {
                complain(words(refused.refusal()));
                yield refused.refusal() instanceof AppendRefusal.PositionMoved
                                || refused.refusal() instanceof AppendRefusal.Fenced
                        ? JournalCommand.REFUSED
                        : BorealCommand.FAILED;
            }
        };
    }

    static String words(AppendRefusal refusal) {
        return switch (refusal) {
            case AppendRefusal.Fenced fenced -> "not written: epoch " + fenced.currentEpoch() + " was opened meanwhile";
            case AppendRefusal.PositionMoved moved -> "not written: the last position is " + moved.lastPosition();
            case AppendRefusal.TooLarge large -> "not written: an entry has at most " + large.limitBytes() + " bytes";
            case AppendRefusal.Overloaded _ -> "not written: too many entries wait";
            case AppendRefusal.NotMonotonic late ->
                "not written: somebody else writes in this epoch, up to timestamp " + late.lastTimestamp();
            case AppendRefusal.NotLeader _ -> "not written: no replica leads now";
            case AppendRefusal.Unavailable unavailable ->
                (unavailable.mayBeDurable() ? "perhaps written: " : "not written: ") + unavailable.message();
        };
    }
}
