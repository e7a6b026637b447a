package dev.boreal.launcher.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boreal.launcher.Progress;
import dev.boreal.launcher.ServerProcess;
import dev.boreal.launcher.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What connections cost that did a little work and then stay idle: resident memory of the whole process, before and with
 * them. {@code -Dboreal.idle.connections} says how many, 1,000 unless told.
 */
class IdleConnectionsTest {
    private static final int CONNECTIONS = Integer.getInteger("boreal.idle.connections", 1_000);
    private static final long MOST_BYTES_PER_CONNECTION = 100_000;
    private static final String[] WORK = {
        "SELECT id, name FROM idle WHERE id = 7",
        "UPDATE idle SET name = 'changed' WHERE id = 1000000",
        "SELECT count(*) FROM idle"
    };

    @TempDir
    Path directory;

    @Test
    void aThousandCostLessThanAHundredMegabytes() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        List<WireClient> clients = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"))) {
            try (WireClient client = new WireClient(server.port(), "postgres", "postgres")) {
                client.simple("CREATE TABLE idle (id int PRIMARY KEY, name text);"
                        + " INSERT INTO idle SELECT g, 'name ' || g FROM generate_series(1, 1000) g");
            }
            // So much that the JVM has compiled, cached and spread what any number of connections needs.
            for (int i = 0; i < CONNECTIONS; i++) {
                work(server.port()).close();
            }
            collect(server.pid());
            long residentBefore = residentBytes(server.pid());
            long heapBefore = heapBytes(server.pid());
            Progress progress = new Progress("connections", CONNECTIONS);
            for (int i = 0; i < CONNECTIONS; i++) {
                progress.at(i);
                clients.add(work(server.port()));
            }
            long residentBusy = residentBytes(server.pid());
            collect(server.pid());
            long resident = residentBytes(server.pid()) - residentBefore;
            long heap = heapBytes(server.pid()) - heapBefore;
            System.out.printf(
                    "connections: %,d idle ones cost %,d kB of resident memory (%,d kB before a collection), of which heap %,d kB;"
                            + " the process has %,d kB%n",
                    CONNECTIONS,
                    resident / 1_000,
                    (residentBusy - residentBefore) / 1_000,
                    heap / 1_000,
                    residentBytes(server.pid()) / 1_000);
            assertThat(clients.getFirst().simple("SELECT 1").getFirst().tag).isEqualTo("SELECT 1");
            assertThat(resident).isLessThan(CONNECTIONS * MOST_BYTES_PER_CONNECTION);
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }

    private static WireClient work(int port) throws IOException {
        WireClient client = new WireClient(port, "postgres", "postgres");
        for (String sql : WORK) {
            assertThat(client.simple(sql).getFirst().sqlState()).isEmpty();
            assertThat(client.extended(sql).sqlState()).isEmpty();
        }
        return client;
    }

    private static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no VmRSS for process " + pid);
    }

    private static void collect(long pid) throws Exception {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
    }

    /** The live objects, by a histogram of them. */
    private static long heapBytes(long pid) throws Exception {
        String histogram = jcmd(pid, "GC.class_histogram");
        String total = histogram.substring(histogram.lastIndexOf("Total"));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    private static String jcmd(long pid, String command) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
