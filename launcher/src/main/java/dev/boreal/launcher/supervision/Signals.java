package dev.boreal.launcher.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Java has no words for: stopping a process in its tracks, and seeing that it is stopped. */
final class Signals {
    private Signals() {}

    /** SIGSTOP. */
    static void pause(ProcessHandle process) throws IOException, InterruptedException {
        send("-STOP", process);
    }

    /** SIGCONT. */
    static void resume(ProcessHandle process) throws IOException, InterruptedException {
        send("-CONT", process);
    }

    private static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        output("kill", signal, Long.toString(process.pid()));
    }

    static boolean isPaused(ProcessHandle process) throws IOException, InterruptedException {
        String state;
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.UTF_8);
            // The name before it stands in parentheses and may hold anything.
            state = stat.substring(stat.lastIndexOf(')') + 1).strip();
        } catch (NoSuchFileException noProc) {
            state = output("ps", "-o", "state=", "-p", Long.toString(process.pid()))
                    .strip();
        }
        return state.startsWith("T") || state.startsWith("t");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output.strip());
        }
        return output;
    }
}
