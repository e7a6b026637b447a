package dev.boreal.launcher.cluster;

import dev.boreal.launcher.supervision.JavaLaunch;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Makes the processes of tests' clusters start fast, as those of {@code ./boreal cluster} do: after one training run, from jars,
 * with a cache of what a start needs. {@code ./boreal faults} names the cache that it has made already.
 */
final class TrainedJava {
    private static final String CLASS_PATH = System.getProperty("boreal.cluster.classpath", "");
    private static final String CACHE = System.getProperty("boreal.cluster.cache", "");
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1", // Eighteen processes that live for a minute have no use for the best code.
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
    private static final JavaLaunch LAUNCH = make();

    private TrainedJava() {}

    static JavaLaunch launch() {
        return LAUNCH;
    }

    private static JavaLaunch make() {
        if (!CLASS_PATH.isEmpty()) {
            return launch(CLASS_PATH, Path.of(CACHE));
        }
        try {
            Path directory =
                    Files.createDirectories(Path.of("target", "trained").toAbsolutePath());
            String classPath = jars(directory);
            Path cache = directory.resolve("boreal.aot");
            Files.deleteIfExists(cache);
            train(classPath, cache, directory.resolve("train.log"));
            return launch(classPath, cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JavaLaunch launch(String classPath, Path cache) {
        List<String> flags = new ArrayList<>(FLAGS);
        if (Files.exists(cache)) {
            flags.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        return new JavaLaunch(classPath, flags);
    }

    /** The class path of this process without tests, directories as jars: the cache knows jars only. */
    private static String jars(Path directory) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                jars.add(entry);
            } else if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                Path jar = directory.resolve(jars.size() + ".jar");
                int status = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry, ".");
                if (status != 0) {
                    throw new IOException("cannot make a jar of " + entry);
                }
                jars.add(jar.toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void train(String classPath, Path cache, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + cache,
                "-Xlog:disable",
                "-cp",
                classPath,
                "dev.boreal.launcher.Boreal",
                "train"));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }
}
