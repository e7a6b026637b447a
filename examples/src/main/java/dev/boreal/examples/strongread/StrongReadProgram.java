package dev.boreal.examples.strongread;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.Clock;
import dev.boreal.clock.SystemClock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.client.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The primary or a replica, which obeys standard input: {@code key value} writes at the primary, {@code key} reads at a replica. Arguments:
 * {@code primary} or {@code replica}, and a journal's directory (default: ./journal).
 */
public final class StrongReadProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private StrongReadProgram() {}

    public static void main(String[] arguments) throws IOException, RefusedException, InterruptedException {
        String part = arguments.length == 0 ? "" : arguments[0];
        if (!part.equals("primary") && !part.equals("replica")) {
            System.err.println("Choose a part: ./boreal example strong-read primary|replica [DIRECTORY]");
            System.exit(2);
        }
        Path file = Path.of(arguments.length == 1 ? "journal" : arguments[1], "cluster.yaml");
        Clock clock = new SystemClock(0);
        try (JournalConnection connection = JournalConnection.open(file, "main");
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            if (part.equals("primary")) {
                write(new Primary(connection.journal(), "primary", clock), lines);
            } else {
                read(connection.journal(), clock, lines);
            }
        }
    }

    private static void write(Primary primary, BufferedReader lines) throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length == 2) {
                primary.put(words[0], words[1]);
                System.out.println("written");
            }
        }
    }

    private static void read(Journal journal, Clock clock, BufferedReader lines)
            throws IOException, InterruptedException {
        try (Replica replica = new Replica(journal, clock)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    System.out.println(replica.read(line.strip(), PATIENCE));
                } catch (Replica.UnavailableException e) {
                    System.out.println("unavailable: " + e.getMessage());
                }
            }
        }
    }
}
