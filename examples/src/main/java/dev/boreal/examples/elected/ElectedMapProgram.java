package dev.boreal.examples.elected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.SystemClock;
import dev.boreal.launcher.client.JournalConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One member, which obeys standard input: {@code key} reads, {@code key value} writes. Start several, in a terminal each, and kill the
 * one that leads. Arguments: the member's name, and a journal's directory (default: ./journal).
 */
public final class ElectedMapProgram {
    private static final Duration LEASE = Duration.ofSeconds(2);

    private ElectedMapProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            System.err.println("Name the member: ./boreal example elected ann [DIRECTORY]");
            System.exit(2);
        }
        Path file = Path.of(arguments.length == 1 ? "journal" : arguments[1], "cluster.yaml");
        try (JournalConnection connection = JournalConnection.open(file, "main");
                ElectedMap map = new ElectedMap(connection.journal(), arguments[0], new SystemClock(0), LEASE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+", 2);
                System.out.println(words.length == 1 ? map.get(words[0]) : map.put(words[0], words[1]));
            }
        }
    }
}
