package dev.boreal.launcher.command;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.ClusterTemplate;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.service.SimpleClient;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code boreal cluster up}: makes a cluster or continues one, and returns when every query processor answers. */
@Command(
        name = "up",
        description = "Start a cluster, one process per role and zone; a second time on the same data continues it.",
        mixinStandardHelpOptions = true)
final class ClusterUpCommand implements Callable<Integer> {
    private static final int DEFAULT_ZONES = 3;
    private static final long ANSWER_SECONDS = 60;
    private static final long PAUSE_MILLIS = 100;

    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Option(
            names = "--zones",
            paramLabel = "NUMBER",
            description = "How many zones a new cluster has, 1 to 5 (default: 3).")
    private @Nullable Integer zones;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Where the first query processor of a new cluster serves clients; the others at the ports"
                    + " behind it (default: free ones from 5432).")
    private @Nullable Integer port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long began = System.nanoTime();
        LocalCluster cluster = cluster(out);
        ClusterDirectory.start(cluster, out);
        List<MemberSection> serving = cluster.configuration().members(Role.QUERY_PROCESSOR);
        for (MemberSection member : serving) {
            awaitAnswer(member);
        }
        out.println("Ready after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms: "
                + cluster.configuration().members().size() + " processes. Connect to any query processor:");
        out.println();
        for (MemberSection member : serving) {
            out.println(
                    "  psql -h " + member.host() + " -p " + member.clientPort() + " -U postgres    # " + member.name());
        }
        out.println();
        out.println("./boreal cluster status" + directory.option() + " shows them, ./boreal cluster down"
                + directory.option() + " stops them.");
        out.flush();
        return 0;
    }

    private LocalCluster cluster(PrintWriter out) throws IOException, ClusterException {
        if (!LocalCluster.exists(directory.path())) {
            int wanted = zones == null ? DEFAULT_ZONES : zones;
            if (wanted < 1 || wanted > ClusterTemplate.MOST_ZONES) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--zones takes 1 to " + ClusterTemplate.MOST_ZONES + ", not " + wanted);
            }
            LocalCluster made = LocalCluster.create(directory.path(), wanted, port == null ? 0 : port);
            out.println("A new cluster in " + directory.path() + ", described by " + LocalCluster.FILE);
            return made;
        }
        LocalCluster cluster = directory.open();
        int has = cluster.configuration().zones().size();
        if (zones != null && zones != has) {
            throw new ClusterException("the cluster in " + directory.path() + " has " + has + " zones: change "
                    + cluster.file() + ", or name another directory with --data");
        }
        if (port != null
                && cluster.configuration().members(Role.QUERY_PROCESSOR).stream()
                        .noneMatch(member -> member.clientPort() == port)) {
            throw new ClusterException(
                    "the cluster in " + directory.path() + " has its ports: change them in " + cluster.file());
        }
        out.println("Continuing the cluster in " + directory.path());
        return cluster;
    }

    private static void awaitAnswer(MemberSection member) throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        String reason = "it answers with errors";
        while (System.nanoTime() < deadline) {
            try (SimpleClient client = SimpleClient.connect(member.host(), member.clientPort())) {
                if (client.query("SELECT count(*) FROM pg_class")) {
                    return;
                }
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new ClusterException(member.name() + " does not answer SQL after " + ANSWER_SECONDS + " s (" + reason
                + "): ./boreal cluster status may tell why");
    }
}
