package dev.boreal.launcher.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that uses a journal: one of this machine, found by its directory, or one whose control plane is named. */
abstract class JournalClientCommand implements Callable<Integer> {
    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Option(
            names = "--control-plane",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Where the control plane is, instead of --data; with --cluster.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--cluster", paramLabel = "ID", description = "The id of the cluster that --control-plane is of.")
    private @Nullable String cluster;

    @Option(names = "--journal", paramLabel = "NAME", description = "Which journal (default: main).")
    private String journal = ClusterConfiguration.MAIN_JOURNAL;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Does what the command is for; its exit code. */
    abstract int run(JournalConnection connection) throws Exception;

    @Override
    public final Integer call() throws Exception {
        check();
        quieten();
        try (JournalConnection connection = connect()) {
            return run(connection);
        }
    }

    /** What connections have to tell is for servers' logs; people hear what became of their command. */
    private static void quieten() {
        if (LoggerFactory.getLogger("dev.boreal") instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
    }

    /** Throws {@link CommandLine.ParameterException} if the arguments make no sense together. */
    void check() {}

    private JournalConnection connect() throws IOException, ClusterException {
        if (addresses.isEmpty() == (cluster != null)) {
            throw wrong("--control-plane and --cluster belong together: one is missing");
        }
        if (cluster != null) {
            try {
                return JournalConnection.open(addresses, cluster, journal);
            } catch (IllegalArgumentException e) {
                throw wrong("--control-plane: " + e.getMessage());
            }
        }
        LocalCluster local = directory.open();
        try {
            return JournalConnection.open(local.file(), journal);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; ./boreal journal status" + directory.option() + " shows what runs", e);
        }
    }

    final CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** What went wrong, for people. */
    final void complain(String message) {
        spec.commandLine().getErr().println("boreal: " + message);
        spec.commandLine().getErr().flush();
    }

    /** Bytes go here; entries need not be text. */
    final PrintStream out() {
        return System.out;
    }
}
