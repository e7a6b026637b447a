package dev.boreal.bench;

import dev.boreal.bench.server.BenchmarkException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./boreal bench}. */
@Command(
        name = "bench",
        subcommands = {TpccCommand.class, JournalCommand.class},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Measures Boreal side by side with PostgreSQL, on this machine, run by run in turn.",
        footer = {
            "",
            "Starts a PostgreSQL of its own, and Boreal unless --port names a running one; ends both afterwards."
        })
public final class Bench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--against", paramLabel = "postgres", description = "What to compare with: postgres.")
    private @Nullable String against;

    @Mixin
    private Target target = new Target();

    @Mixin
    private ComparisonSettings settings = new ComparisonSettings();

    private Bench() {}

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Bench());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof BenchmarkException || failure instanceof IOException) {
                line.getErr().println("boreal bench: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws BenchmarkException, IOException, InterruptedException {
        if (against == null) {
            if (spec != null) {
                spec.commandLine().usage(System.out);
            }
            return 2;
        }
        if (!against.equals("postgres")) {
            throw new BenchmarkException("can compare with postgres only, not with " + against);
        }
        new CompareCommand(settings, System.out).run(target);
        return 0;
    }
}
