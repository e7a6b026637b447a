package dev.boreal.launcher.command;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.JournalSection;
import dev.boreal.launcher.cluster.JournalTemplate;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code boreal journal up}: makes a journal or continues one, and returns when every process is ready. */
@Command(
        name = "up",
        description =
                "Start a journal: the replicas, and a control plane that knows who they are, each a process of its own;"
                        + " a second time on the same data continues it.",
        mixinStandardHelpOptions = true)
final class JournalUpCommand implements Callable<Integer> {
    private static final int DEFAULT_REPLICAS = 3;

    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Option(
            names = "--replicas",
            paramLabel = "NUMBER",
            description = "How many replicas a new journal has, 1 to 5 (default: 3).")
    private @Nullable Integer replicas;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "How the replicas of a new journal agree: chain (durable on all that live; the default) or quorum"
                            + " (durable on a majority).")
    private @Nullable String mode;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Where the first member of a new control plane listens; everybody else at the ports behind it"
                    + " (default: free ones from 9432).")
    private @Nullable Integer port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long began = System.nanoTime();
        LocalCluster cluster = cluster(out);
        ClusterDirectory.start(cluster, out);
        out.println("Ready after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms: "
                + cluster.configuration().members().size() + " processes.");
        out.println();
        for (String example : List.of("append hello", "subscribe --after 0", "status", "down")) {
            int space = example.indexOf(' ');
            String command = space < 0 ? example : example.substring(0, space);
            out.println("  ./boreal journal " + command + directory.option() + example.substring(command.length()));
        }
        out.println();
        out.println("The control plane of \"" + cluster.configuration().cluster() + "\" is at "
                + String.join(
                        ",",
                        cluster.configuration().controlPlane().values().stream()
                                .map(Object::toString)
                                .toList())
                + ".");
        out.flush();
        return 0;
    }

    private LocalCluster cluster(PrintWriter out) throws IOException, ClusterException {
        if (LocalCluster.exists(directory.path())) {
            LocalCluster cluster = directory.open();
            refuseOtherWishes(cluster);
            out.println("Continuing the journal in " + directory.path());
            return cluster;
        }
        int wanted = replicas == null ? DEFAULT_REPLICAS : replicas;
        ReplicationMode wantedMode = mode();
        try {
            var _ = new JournalTemplate("journal", wanted, wantedMode);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--replicas: " + e.getMessage(), e);
        }
        LocalCluster made = LocalCluster.createJournal(directory.path(), wanted, wantedMode, port == null ? 0 : port);
        out.println("A new journal in " + directory.path() + ", described by " + LocalCluster.FILE);
        return made;
    }

    private ReplicationMode mode() {
        return switch (mode == null ? "chain" : mode) {
            case "chain" -> ReplicationMode.CHAIN;
            case "quorum" -> ReplicationMode.QUORUM;
            default ->
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--mode takes chain or quorum, not " + mode);
        };
    }

    private void refuseOtherWishes(LocalCluster cluster) throws ClusterException {
        String where = "the journal in " + directory.path();
        String otherwise = ": change " + cluster.file() + ", or name another directory with --data";
        if (!cluster.command().equals("journal")) {
            throw new ClusterException(directory.path() + " holds a whole cluster: ./boreal cluster up --data "
                    + directory.path() + " continues it");
        }
        int has = cluster.configuration().members(Role.JOURNAL).size();
        if (replicas != null && replicas != has) {
            throw new ClusterException(where + " has " + has + " replicas" + otherwise);
        }
        for (JournalSection journal : cluster.configuration().journals()) {
            if (mode != null && has > 1 && journal.mode() != mode()) {
                throw new ClusterException(
                        where + " is a " + journal.mode().name().toLowerCase(Locale.ROOT) + otherwise);
            }
        }
        if (port != null && cluster.configuration().members().stream().noneMatch(member -> member.port() == port)) {
            throw new ClusterException(where + " has its ports" + otherwise);
        }
    }
}
