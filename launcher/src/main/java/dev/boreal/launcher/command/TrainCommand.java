package dev.boreal.launcher.command;

import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.service.QueryProcessors;
import dev.boreal.launcher.service.SingleProcess;
import dev.boreal.launcher.service.StartListener;
import dev.boreal.launcher.service.TrainingClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code boreal train}: starts, answers typical statements, stops, all on a directory of its own. Run under
 * {@code -XX:AOTCacheOutput}, it teaches the JVM which classes and profiles a start needs.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

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
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
