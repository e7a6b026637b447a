package dev.boreal.simulation;

import dev.boreal.simulation.world.FaultProfile;
import dev.boreal.simulation.world.Trace;
import dev.boreal.simulation.world.Violation;
import dev.boreal.simulation.world.World;
import java.io.PrintStream;
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
                "Runs the cores of all rooms under virtual time and faults, each run in one thread, and verifies what clients saw.",
        footer = {
            "",
            "Workloads: mixed, list-append, bank, cycle, snapshots, hand-over.",
            "Faults: calm, default, wild, hand-over, journals, heads, control, clocks (beyond their bounds).",
            "Exit code: 0 if every run kept every promise, 1 if one did not, 2 if the command is not understood."
        })
public final class SimulationCommand implements Callable<Integer> {
    private static final long FIRST_SEED = 1;

    @Option(names = "--seeds", paramLabel = "N", description = "how many runs (default: ${DEFAULT-VALUE})")
    private long seeds = 100;

    @Option(names = "--from", paramLabel = "S", description = "the first run's seed (default: ${DEFAULT-VALUE})")
    private long from = FIRST_SEED;

    @Option(names = "--seed", paramLabel = "S", description = "just this run, in one thread")
    private @Nullable Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "how many runs at once (default: as many as there are processors)")
    private int threads;

    @Option(names = "--keep-going", description = "go on behind a run that broke a promise, and tell of all that did")
    private boolean keepGoing;

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
    private final Tally tally = new Tally(System.nanoTime());

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
        if (seed != null || trace) {
            return one(settings.withSeed(seed == null ? from : seed));
        }
        return many(settings);
    }

    private int one(Settings run) {
        Outcome outcome = Simulation.run(run, trace ? Trace.to(out) : Trace.silent());
        tally.add(outcome);
        if (!outcome.isGood()) {
            report(run, outcome);
        }
        closingLine();
        return outcome.isGood() ? 0 : 1;
    }

    private int many(Settings settings) {
        int parallel = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        long reported = System.nanoTime();
        long failed = 0;
        try (ParallelRuns runs = new ParallelRuns(settings, seeds, parallel)) {
            for (long done = 1; done <= seeds; done++) {
                Settings run = settings.withSeed(from + done - 1);
                Outcome outcome = runs.next();
                tally.add(outcome);
                if (!outcome.isGood()) {
                    failed++;
                    report(run, outcome);
                    if (!keepGoing) {
                        break;
                    }
                }
                if (System.nanoTime() - reported > 5 * World.SECOND) {
                    reported = System.nanoTime();
                    out.println("seed " + run.seed() + ": " + tally.progress(done, seeds, failed));
                }
            }
        }
        closingLine();
        return failed == 0 ? 0 : 1;
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

    private void closingLine() {
        out.println(tally.summary());
    }
}
