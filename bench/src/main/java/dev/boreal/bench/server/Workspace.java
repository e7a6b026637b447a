package dev.boreal.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run's temporary directory and the processes that it started. Closing ends the processes, newest first, and removes
 * the directory; the JVM closes it too when it ends early, as by Ctrl-C. Thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private static final int STOP_SECONDS = 15;

    private record Child(Process process, String signal) {}

    private final Path directory;
    private final Deque<Child> children = new ArrayDeque<>();
    private final Deque<ProcessBuilder> lastCommands = new ArrayDeque<>();
    private boolean closed;

    private Workspace(Path directory) {
        this.directory = directory;
    }

    /** @param parent where to make the directory */
    public static Workspace open(Path parent) throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory(parent, "boreal-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close, "workspace-close"));
        return workspace;
    }

    public Path directory() {
        return directory;
    }

    /**
     * Starts a process that ends with this workspace.
     *
     * @param signal what asks it to end: {@code TERM} or {@code INT}
     */
    public synchronized Process start(ProcessBuilder builder, String signal) throws IOException {
        if (closed) {
            throw new IOException("the benchmark is ending");
        }
        Process process = builder.start();
        children.push(new Child(process, signal));
        return process;
    }

    /** A command to run when the workspace closes, before its processes end: it stops what they do not. */
    public synchronized void runAtClose(ProcessBuilder command) {
        lastCommands.push(command);
    }

    /** Ends a process of this workspace and waits for it. */
    public synchronized void stop(Process process) {
        for (Child child : children) {
            if (child.process.equals(process)) {
                stop(child);
            }
        }
        children.removeIf(child -> child.process.equals(process));
    }

    private static void stop(Child child) {
        Process process = child.process;
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-s", child.signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!lastCommands.isEmpty()) {
            runLast(lastCommands.pop());
        }
        while (!children.isEmpty()) {
            stop(children.pop());
        }
        try {
            deleteAll(directory);
        } catch (IOException e) {
            System.err.println("could not remove " + directory + ": " + e.getMessage());
        }
    }

    private static void runLast(ProcessBuilder command) {
        try {
            command.start().waitFor();
        } catch (IOException e) {
            System.err.println("could not run " + command.command() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteAll(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A port on the loopback that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
