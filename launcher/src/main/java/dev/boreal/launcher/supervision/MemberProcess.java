package dev.boreal.launcher.supervision;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.MemberSection;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts members as processes of their own, which outlive this one and its terminal. They run on the same Java. */
final class MemberProcess {
    private static final long LARGEST_LOG = 16L << 20;
    private static final int TOLD_LINES = 15;
    private static final List<String> NEEDED = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders");

    /**
     * Members of one machine do not put each other off the processor whenever a message comes: each works off what it has, and
     * finds more of it together the next time.
     */
    private static final List<String> SHARING = List.of("chrt", "--batch", "0");

    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private final Path file;
    private final Path home;
    private final Path logs;
    private final JavaLaunch java;
    private @Nullable List<String> sharing; // guarded by this

    /**
     * @param file the cluster's configuration
     * @param home where processes run
     */
    MemberProcess(Path file, Path home, Path logs, JavaLaunch java) {
        this.java = java;
        this.file = file;
        this.home = home;
        this.logs = logs;
    }

    Path log(MemberSection member) {
        return logs.resolve(member.name() + ".log");
    }

    Process start(MemberSection member) throws IOException {
        Files.createDirectories(logs);
        Path log = log(member);
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling(member.name() + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new ProcessBuilder(command(member))
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private List<String> command(MemberSection member) {
        List<String> command = new ArrayList<>();
        command.add(onPath("setsid") ? "setsid" : "nohup");
        if (member.networkNamespace() != null) {
            command.addAll(List.of("ip", "netns", "exec", member.networkNamespace()));
        }
        command.addAll(sharing());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(NEEDED);
        command.addAll(java.flags());
        command.add("-Xmx" + member.heap());
        command.add("-XX:+UseSerialGC");
        if (hasHugePages()) {
            command.add("-XX:+UseTransparentHugePages");
        }
        if (member.role() == Role.CONTROL_PLANE) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(
                "-cp",
                java.classPath(),
                "dev.boreal.launcher.Boreal",
                "start",
                "--role",
                member.role().label(),
                "--config",
                file.toString(),
                "--name",
                member.name()));
        return command;
    }

    /**
     * Whether the system gives huge pages to who asks. A member that wakes for a message finds few of its pages in the processor's
     * address caches, which many processes share; with huge pages it needs fewer.
     */
    private static boolean hasHugePages() {
        try {
            return !Files.readString(HUGE_PAGES).contains("[never]");
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing where the system has no such program, or does not let it. */
    private synchronized List<String> sharing() {
        if (sharing == null) {
            List<String> trial = new ArrayList<>(SHARING);
            trial.add("true");
            sharing = onPath("chrt") && succeeds(trial) ? SHARING : List.of();
        }
        return sharing;
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean onPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory).resolve(program))) {
                return true;
            }
        }
        return false;
    }

    /** The last lines of a member's log, each indented. */
    String lastWords(MemberSection member) {
        try {
            List<String> lines =
                    List.of(new String(Files.readAllBytes(log(member)), StandardCharsets.UTF_8).split("\n"));
            StringBuilder words = new StringBuilder();
            for (String line : lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size())) {
                words.append("\n    ").append(line);
            }
            return words.toString();
        } catch (IOException e) {
            return " (no log: " + e.getMessage() + ")";
        }
    }
}
