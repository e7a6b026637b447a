package dev.boreal.launcher.cluster;

import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace of Linux for each zone, joined by a bridge. A cut is a wrong hardware address for the other zone: packets
 * leave, and nobody takes them, so that the kernel's own timeouts and repetitions are part of the test. Needs root. Clients stand
 * at the bridge and reach every zone, whoever is cut off.
 */
final class NamespaceNetwork implements ZoneNetwork {
    private static final int NUMBERS = 200;
    private static final String NOBODY = "02:00:00:00:00:ff";

    private final int number = (int) (ProcessHandle.current().pid() % NUMBERS);
    private final String bridge = "boreal" + number;
    private final List<String> zones = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();

    /** Whether this process may make namespaces, bridges and pairs of interfaces. */
    static boolean isPossible() {
        try (NamespaceNetwork network = new NamespaceNetwork()) {
            network.build(List.of("a"));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public LocalCluster create(Path directory, int count) throws Exception {
        LocalCluster plain = LocalCluster.create(directory, count, TestPorts.block());
        build(plain.configuration().zones());
        String text = Files.readString(plain.file(), StandardCharsets.UTF_8);
        for (String zone : zones) {
            text = text.replace(
                    ", zone: " + zone + ",",
                    ", zone: " + zone + ", host: " + address(zone) + ", network-namespace: " + namespace(zone) + ",");
        }
        text = text.replace("settings:\n", "settings:\n  authentication: trust-network\n")
                .replace("cluster: ", "trusted-network: true\ncluster: ");
        Files.writeString(plain.file(), text, StandardCharsets.UTF_8);
        return LocalCluster.open(directory);
    }

    private void build(List<String> names) throws IOException, InterruptedException {
        ip("link add " + bridge + " type bridge");
        undone.add("link del " + bridge);
        ip("addr add 10.73." + number + ".254/24 dev " + bridge);
        ip("link set " + bridge + " up");
        for (String zone : names) {
            zones.add(zone);
            String namespace = namespace(zone);
            ip("netns add " + namespace);
            undone.add("netns del " + namespace);
            ip("link add " + namespace + " type veth peer name eth0 netns " + namespace);
            ip("link set " + namespace + " master " + bridge + " up");
            ip("-n " + namespace + " link set eth0 address " + hardware(zone));
            ip("-n " + namespace + " addr add " + address(zone) + "/24 dev eth0");
            ip("-n " + namespace + " link set eth0 up");
            ip("-n " + namespace + " link set lo up");
        }
    }

    private String namespace(String zone) {
        return bridge + zone;
    }

    private String address(String zone) {
        return "10.73." + number + "." + (1 + zones.indexOf(zone));
    }

    private String hardware(String zone) {
        return "02:00:00:00:00:0" + (1 + zones.indexOf(zone));
    }

    @Override
    public void cut(String from, String to) throws IOException, InterruptedException {
        neighbour(from, to, NOBODY);
    }

    @Override
    public void delay(String from, String to, Duration delay) {
        throw new UnsupportedOperationException("needs a kernel with netem");
    }

    @Override
    public boolean canDelay() {
        return false;
    }

    @Override
    public void heal() throws IOException, InterruptedException {
        for (String from : zones) {
            for (String to : zones) {
                if (!from.equals(to)) {
                    neighbour(from, to, hardware(to));
                }
            }
        }
    }

    private void neighbour(String from, String to, String hardware) throws IOException, InterruptedException {
        ip("-n " + namespace(from) + " neigh replace " + address(to) + " lladdr " + hardware
                + " dev eth0 nud permanent");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (String command : undone.reversed()) {
            ip(command);
        }
        undone.clear();
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    @Override
    public String toString() {
        return "network namespaces";
    }
}
