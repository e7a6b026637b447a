package dev.boreal.launcher.command;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.role.RoleProcess;
import dev.boreal.launcher.service.QueryProcessors;
import dev.boreal.launcher.service.SingleProcess;
import dev.boreal.launcher.service.StartListener;
import dev.boreal.launcher.service.TrainingClient;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code boreal train}: starts, answers typical statements, stops, all on a directory of its own; then the same with the roles
 * of a cluster, all in this process. Run under {@code -XX:AOTCacheOutput}, it teaches the JVM which classes and profiles a start
 * needs.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    private static final int ZONES = 2;
    private static final long STEP_MILLIS = 50;
    private static final int MOST_STEPS = 600;

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("boreal-train-");
        try {
            BorealConfiguration configuration = BorealConfiguration.of(
                    Map.of(
                            "data.directory",
                            directory.resolve("data").toString(),
                            "listen.port",
                            "0",
                            "journal.segment.size",
                            "1MB"),
                    Runtime.getRuntime().maxMemory());
            try (SingleProcess process =
                    SingleProcess.start(configuration, QueryProcessors::create, StartListener.SILENT)) {
                new TrainingClient(process.port()).run();
            }
            trainRoles(directory.resolve("cluster"));
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void trainRoles(Path directory) throws Exception {
        ClusterConfiguration cluster = LocalCluster.create(directory, ZONES, 0).configuration();
        Deque<RoleProcess> processes = new ArrayDeque<>();
        try {
            for (MemberSection member : cluster.members()) {
                processes.push(RoleProcess.start(cluster, member));
            }
            for (RoleProcess process : processes) {
                for (int step = 0; step < MOST_STEPS && !process.status().ready(); step++) {
                    Thread.sleep(STEP_MILLIS);
                }
            }
            for (MemberSection member : cluster.members(Role.QUERY_PROCESSOR)) {
                new TrainingClient(member.clientPort()).run();
            }
        } finally {
            processes.forEach(RoleProcess::close);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
