package dev.boreal.launcher.cluster;

import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.proxy.Direction;
import dev.boreal.transport.proxy.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A proxy in this process for each zone and each member of another zone: what the one asks of the other goes through it, and
 * {@code routes} in the file say so. Runs everywhere; clients are not cut off.
 */
final class ProxyNetwork implements ZoneNetwork {
    private final TransportLoops loops = new TransportLoops(1);
    private final List<Passage> passages = new ArrayList<>();

    /** Connections that a zone opens to a member of another one. */
    private record Passage(String opener, String target, FaultProxy proxy) {

        /** Which way bytes go from one zone to another here, or null if they do not pass here. */
        @org.jspecify.annotations.Nullable Direction direction(String from, String to) {
            if (opener.equals(from) && target.equals(to)) {
                return Direction.THERE;
            }
            return opener.equals(to) && target.equals(from) ? Direction.BACK : null;
        }
    }

    @Override
    public LocalCluster create(Path directory, int zones) throws Exception {
        LocalCluster plain = LocalCluster.create(directory, zones, TestPorts.block());
        StringBuilder routes = new StringBuilder("\nroutes:\n");
        for (String zone : plain.configuration().zones()) {
            routes.append("  ").append(zone).append(":\n");
            for (MemberSection member : plain.configuration().members()) {
                if (!member.zone().equals(zone) && member.port() != 0) {
                    InetSocketAddress address = passage(zone, member);
                    routes.append("    ")
                            .append(member.name())
                            .append(": 127.0.0.1:")
                            .append(address.getPort())
                            .append('\n');
                }
            }
        }
        Files.writeString(plain.file(), routes, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        return LocalCluster.open(directory);
    }

    private InetSocketAddress passage(String zone, MemberSection member) throws IOException {
        InetSocketAddress behind = new InetSocketAddress(InetAddress.ofLiteral(member.host()), member.port());
        FaultProxy proxy =
                FaultProxy.start(loops, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), () -> behind);
        passages.add(new Passage(zone, member.zone(), proxy));
        return proxy.address();
    }

    @Override
    public void cut(String from, String to) {
        for (Passage passage : passages) {
            Direction direction = passage.direction(from, to);
            if (direction != null) {
                passage.proxy().cut(direction);
            }
        }
    }

    @Override
    public void delay(String from, String to, Duration delay) {
        for (Passage passage : passages) {
            Direction direction = passage.direction(from, to);
            if (direction != null) {
                passage.proxy().delay(direction, delay);
            }
        }
    }

    @Override
    public boolean canDelay() {
        return true;
    }

    @Override
    public void heal() {
        passages.forEach(passage -> passage.proxy().heal());
    }

    @Override
    public void close() {
        passages.forEach(passage -> passage.proxy().close());
        loops.close();
    }

    @Override
    public String toString() {
        return "proxies";
    }
}
