package dev.boreal.simulation;

import dev.boreal.simulation.world.FaultProfile;
import dev.boreal.simulation.world.Trace;
import dev.boreal.simulation.world.Violation;
import dev.boreal.simulation.world.World;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./boreal simulate}. */
@Command(
        name = "./boreal simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs the cores of all rooms in one thread under virtual time and faults, and verifies what clients saw.",
        footer = {
            "",
            "Workloads: mixed, list-append, bank, cycle, snapshots, hand-over.",
            "Faults: calm, default, wild, hand-over, journals, control, clocks (beyond their bounds).",
            "Exit code: 0 if every run kept every promise, 1 if one did not, 2 if the command is not understood."
        })
public final class SimulationCommand implements Callable<Integer> {
    private static final long FIRST_SEED = 1;

    @Option(names = "--seeds", paramLabel = "N", description = "how many runs (default: ${DEFAULT-VALUE})")
    private long seeds = 100;

    @Option(names = "--from", paramLabel = "S", description = "the first run's seed (default: ${DEFAULT-VALUE})")
    private long from = FIRST_SEED;

    @Option(names = "--seed", paramLabel = "S", description = "just this run")
    private @Nullable Long seed;

    @Option(names = "--trace", description = "print everything that happens")
    private boolean trace;

    @Option(names = "--workload", paramLabel = "W", description = "what clients do (default: ${DEFAULT-VALUE})")
    private String workload = "mixed";

    @Option(names = "--faults", paramLabel = "PROFILE", description = "what goes wrong (default: ${DEFAULT-VALUE})")
    private String faults = "default";

    @Option(
            names = "--journals",
            paramLabel = "KIND",
            description = "single, chain, quorum or any (default: ${DEFAULT-VALUE})")
    private String journals = "any";

    @Option(names = "--bug", paramLabel = "NAME", description = "plants a bug; an unknown name lists them")
    private String bug = "none";

    private final PrintStream out;

    SimulationCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(execute(System.out, arguments));
    }

    static int execute(PrintStream out, String... arguments) {
        CommandLine command = new CommandLine(new SimulationCommand(out));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof IllegalArgumentException) {
                line.getErr().println("boreal simulate: " + failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            throw failure;
        });
        return command.execute(arguments);
    }

    @Override
    public Integer call() {
        Settings settings = new Settings(from, workload, FaultProfile.of(faults), journals, PlantedBug.of(bug));
        long count = seed == null ? seeds : 1;
        long first = seed == null ? from : seed;
        long started = System.nanoTime();
        long reported = started;
        long events = 0;
        long virtual = 0;
        long committed = 0;
        long done = 0;
        for (; done < count; done++) {
            Settings run = settings.withSeed(first + done);
            Outcome outcome = Simulation.run(run, trace ? Trace.to(out) : Trace.silent());
            events += outcome.events();
            virtual += outcome.virtualNanos();
            committed += outcome.committed();
            if (!outcome.isGood()) {
                report(run, outcome);
                closingLine(done + 1, events, virtual, committed, System.nanoTime() - started);
                return 1;
            }
            if (System.nanoTime() - reported > 5 * World.SECOND) {
                reported = System.nanoTime();
                out.println("seed " + run.seed() + ", " + (done + 1) + " of " + count + " are good");
            }
        }
        closingLine(done, events, virtual, committed, System.nanoTime() - started);
        return 0;
    }

    private void report(Settings run, Outcome outcome) {
        out.println();
        out.println("seed " + run.seed() + " broke a promise:");
        for (Violation violation : outcome.violations()) {
            out.println(violation.verifier() + ": " + violation.what());
        }
        out.println("to see it: " + run.replay());
        out.println();
    }

    private void closingLine(long done, long events, long virtual, long committed, long nanos) {
        out.printf(
                Locale.ROOT,
                "%d seeds, %d events, %d commits, %.1f s of virtual time in %.1f s%n",
                done,
                events,
                committed,
                virtual / 1e9,
                nanos / 1e9);
    }
}
