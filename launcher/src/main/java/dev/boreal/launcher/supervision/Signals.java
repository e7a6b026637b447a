package dev.boreal.launcher.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Java has no words for: stopping a process in its tracks, and seeing that it is stopped. */
final class Signals {
    private Signals() {}

    /** SIGSTOP. */
    static void pause(List<ProcessHandle> processes) throws IOException, InterruptedException {
        send("-STOP", processes);
    }

    /** SIGCONT. */
    static void resume(List<ProcessHandle> processes) throws IOException, InterruptedException {
        send("-CONT", processes);
    }

    private static void send(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        for (ProcessHandle process : processes) {
            command.add(Long.toString(process.pid()));
        }
        output(command.toArray(String[]::new));
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
