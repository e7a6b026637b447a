package dev.boreal.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.transport.TransportLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final TransportLoops loops = new TransportLoops(1);
    private ServerSocket server;
    private FaultProxy proxy;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 10, LOOPBACK);
        proxy = FaultProxy.start(
                loops,
                new InetSocketAddress(LOOPBACK, 0),
                () -> new InetSocketAddress(LOOPBACK, server.getLocalPort()));
        client = new Socket(LOOPBACK, proxy.address().getPort());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        proxy.close();
        server.close();
        loops.close();
    }

    private static boolean arrives(Socket at, int millis) throws IOException {
        at.setSoTimeout(millis);
        try {
            return at.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void forwardsEverythingUnchangedInBothDirections() throws Exception {
        byte[] much = new byte[10_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31 + (i >>> 8));
        }
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                client.getOutputStream().write(much);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        byte[] came = accepted.getInputStream().readNBytes(much.length);
        sender.join();
        assertThat(Arrays.equals(came, much)).isTrue();
        accepted.getOutputStream().write(42);
        assertThat(client.getInputStream().read()).isEqualTo(42);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void holdsWhatIsSentIntoACutUntilItHeals() throws IOException {
        proxy.cut(Direction.THERE);
        client.getOutputStream().write(1);
        assertThat(arrives(accepted, 300)).isFalse();
        accepted.getOutputStream().write(2);
        assertThat(arrives(client, 5000)).isTrue();
        proxy.heal();
        assertThat(arrives(accepted, 5000)).isTrue();
    }

    @Test
    void delaysOneDirectionOnly() throws IOException {
        proxy.delay(Direction.BACK, Duration.ofMinutes(5));
        accepted.getOutputStream().write(1);
        client.getOutputStream().write(9);
        assertThat(arrives(accepted, 5000)).isTrue();
        assertThat(arrives(client, 300)).isFalse();
    }

    @Test
    void keepsTheOrderOfWhatItDelays() throws IOException {
        proxy.delay(Direction.BACK, Duration.ofMillis(20));
        for (int i = 1; i <= 50; i++) {
            accepted.getOutputStream().write(i);
            proxy.delay(Direction.BACK, Duration.ofMillis(20 - i % 20));
        }
        byte[] came = client.getInputStream().readNBytes(50);
        for (int i = 1; i <= 50; i++) {
            assertThat(came[i - 1]).isEqualTo((byte) i);
        }
    }

    @Test
    void breaksConnectionsForBothEndsAndTakesNewOnes() throws IOException {
        proxy.breakConnections();
        assertThat(arrives(client, 5000)).isFalse();
        assertThat(arrives(accepted, 5000)).isFalse();
        await().until(() -> proxy.connections() == 0);
        try (Socket again = new Socket(LOOPBACK, proxy.address().getPort());
                Socket other = server.accept()) {
            again.getOutputStream().write(5);
            assertThat(arrives(other, 5000)).isTrue();
        }
    }

    @Test
    void tellsTheOtherEndWhenOneCloses() throws IOException {
        client.getOutputStream().write(new byte[] {7, 8});
        client.close();
        assertThat(accepted.getInputStream().readAllBytes()).containsExactly(7, 8);
    }
}
