package dev.boreal.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real server in a process of its own, that a test may kill. */
public final class ServerProcess implements AutoCloseable {
    /** A process that is started from the background of a script inherits that SIGINT is ignored; this takes it back. */
    private static final List<String> WITH_SIGNALS = List.of("/usr/bin/env", "--default-signal=INT");

    private static final Pattern READY = Pattern.compile("Ready on .*, port (\\d+) after (\\d+) ms");

    private final Process process;
    private final int port;
    private final int startMillis;
    private final CompletableFuture<String> lastWords = new CompletableFuture<>();

    private ServerProcess(Process process, int port, int startMillis) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
    }

    /** Starts and waits until it says that it is ready. */
    public static ServerProcess start(Path data) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            command.addAll(WITH_SIGNALS);
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.boreal.launcher.Boreal",
                "start",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--set",
                "journal.segment.size=1MB"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                ServerProcess server =
                        new ServerProcess(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
                Thread.ofVirtual().start(() -> server.lastWords.complete(readToTheEnd(reader)));
                return server;
            }
        }
        throw new IOException("the server did not start:\n" + output);
    }

    private static String readToTheEnd(BufferedReader reader) {
        StringWriter words = new StringWriter();
        try {
            reader.transferTo(words);
        } catch (IOException e) {
            // The process is gone, which is what these tests are about.
        }
        return words.toString();
    }

    /** What it said from when it was ready to its end; waits for that. */
    public String lastWords() {
        return lastWords.join();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public int startMillis() {
        return startMillis;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; the exit code. */
    public int stop() throws InterruptedException {
        process.toHandle().destroy(); // destroy() of the process itself would also close what it still says
        return process.waitFor();
    }

    /** SIGINT, as Ctrl-C sends it; the exit code. */
    public int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
