package dev.boreal.launcher.command;

import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.service.QueryProcessors;
import dev.boreal.launcher.service.SingleProcess;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code boreal start}: serves until it is told to stop. */
@Command(
        name = "start",
        description = "Start the server and serve until Ctrl-C or ./boreal stop.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);
    private static final int OUT_OF_MEMORY = 3;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "Start one member of a cluster instead of a whole server: control-plane, journal, adjudicator,"
                            + " crossbar, storage or query-processor. --config names its cluster.yaml, --name its section.")
    private @Nullable String role;

    @Option(names = "--name", paramLabel = "MEMBER", description = "The member's name in cluster.yaml.")
    private @Nullable String name;

    /** {@code ./boreal} gives the size to the JVM before this code runs; here it is only checked. */
    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Memory for Java objects, such as 2g (default: a quarter of this machine's).")
    void heap(String size) {
        if (!size.matches("[0-9]+[kmgKMG]?")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--heap takes a size such as 512m or 2g, not " + size);
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Thread.setDefaultUncaughtExceptionHandler(StartCommand::died);
        if (role != null || name != null) {
            return new MemberStart(spec, role, name, settings.file()).run();
        }
        BorealConfiguration configuration = settings.read();
        out.println("Boreal " + Version.text() + ", data in " + configuration.directory() + ", heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        out.flush();
        SingleProcess process = SingleProcess.start(configuration, QueryProcessors::create, step -> {
            out.println("  " + step);
            out.flush();
        });
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(process, out)));
        String host = configuration.pgwire().address().getAddress().getHostAddress();
        out.println("Ready on " + host + ", port " + process.port() + startedIn());
        out.println();
        out.println("  psql -h " + host + " -p " + process.port() + " -U postgres");
        out.println("  jdbc:postgresql://" + host + ":" + process.port() + "/postgres?user=postgres");
        out.println();
        out.println("Ctrl-C stops.");
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    /**
     * What Ctrl-C (SIGINT) and SIGTERM lead to. Stopping is what was asked for, so the exit code is 0 as other servers have
     * it, and not the 130 or 143 that the JVM would give: supervisors take those for failures.
     */
    private static void stop(SingleProcess process, PrintWriter out) {
        out.println("stopping");
        out.flush();
        process.close();
        out.println("stopped");
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    /**
     * A statement that finds no memory is told so (53200) and others go on. A thread that serves all of them and dies of it
     * would leave a server that is half alive: a restart is better, and loses nothing.
     */
    private static void died(Thread thread, Throwable cause) {
        LOG.error("thread {} died", thread.getName(), cause);
        if (cause instanceof VirtualMachineError) {
            LOG.error("the server ends here and can be started again; give it more memory with --heap");
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
    }

    private static String startedIn() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> " after "
                        + java.time.Duration.between(start, java.time.Instant.now())
                                .toMillis() + " ms")
                .orElse("");
    }
}
