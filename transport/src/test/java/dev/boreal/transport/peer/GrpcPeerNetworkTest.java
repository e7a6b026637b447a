package dev.boreal.transport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.door.PeerNetwork.PeerListener;
import dev.boreal.transport.TransportNode;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcPeerNetworkTest {
    private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
    private final TransportNode nodeA = new TransportNode("a");
    private final TransportNode nodeB = new TransportNode("b");
    private final GrpcPeerNetwork a = network(nodeA, "journal/main");
    private final GrpcPeerNetwork b = network(nodeB, "journal/main");
    private final Heard heardByA = new Heard();
    private final Heard heardByB = new Heard();

    private GrpcPeerNetwork network(TransportNode node, String service) {
        addresses.put(node.identity().member(), node.address());
        GrpcPeerNetwork network =
                new GrpcPeerNetwork(node.loops(), node.settings(), node.identity(), service, addresses::get);
        node.serve(network);
        return network;
    }

    @BeforeEach
    void listen() {
        a.listen(heardByA);
        b.listen(heardByB);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        nodeA.close();
        nodeB.close();
    }

    private static final class Heard implements PeerListener {
        private final List<String> events = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();

        @Override
        public synchronized void onConnected(String peer) {
            events.add("+" + peer);
        }

        @Override
        public synchronized void onFrame(String peer, byte[] frame) {
            numbers.add(ByteBuffer.wrap(frame).getInt());
        }

        @Override
        public synchronized void onDisconnected(String peer) {
            events.add("-" + peer);
        }

        synchronized List<String> events() {
            return List.copyOf(events);
        }

        synchronized List<Integer> numbers() {
            return List.copyOf(numbers);
        }
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(64).putInt(number).array();
    }

    private void connectBoth() {
        a.connect("b");
        await().untilAsserted(() -> {
            assertThat(heardByA.events()).endsWith("+b");
            assertThat(heardByB.events()).endsWith("+a");
        });
    }

    @Test
    void deliversFramesInOrderInBothDirectionsOfOneStream() {
        connectBoth();
        for (int i = 0; i < 5000; i++) {
            a.send("b", frame(i));
            b.send("a", frame(i));
        }
        await().untilAsserted(() -> {
            assertThat(heardByA.numbers()).hasSize(5000).isSorted();
            assertThat(heardByB.numbers()).hasSize(5000).isSorted();
        });
        assertThat(heardByA.events()).containsExactly("+b");
        assertThat(heardByB.events()).containsExactly("+a");
    }

    @Test
    void endsUpWithOneStreamWhenBothOpenAtOnce() {
        for (int round = 0; round < 5; round++) {
            a.connect("b");
            b.connect("a");
            await().untilAsserted(() -> {
                a.send("b", frame(1));
                b.send("a", frame(2));
                assertThat(heardByA.numbers()).isNotEmpty();
                assertThat(heardByB.numbers()).isNotEmpty();
            });
            a.forget("b");
            b.forget("a");
            heardByA.numbers.clear();
            heardByB.numbers.clear();
        }
    }

    @Test
    void carriesFramesBothWaysHoweverOpenedStreamsCross() {
        for (int round = 1; round <= 40; round++) {
            int number = round;
            await().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
                b.send("a", frame(number));
                a.send("b", frame(number));
                assertThat(heardByA.numbers()).contains(number);
                assertThat(heardByB.numbers()).contains(number);
            });
            (round % 2 == 0 ? a : b).forget(round % 2 == 0 ? "b" : "a");
        }
    }

    @Test
    void connectsAgainToAMemberThatComesBack() {
        connectBoth();
        nodeB.stopServer();
        await().untilAsserted(() -> {
            assertThat(heardByA.events()).endsWith("-b");
            assertThat(heardByB.events()).endsWith("-a");
        });
        nodeB.startServer(b);
        await().untilAsserted(() -> assertThat(heardByA.events()).containsExactly("+b", "-b", "+b"));
        a.send("b", frame(7));
        await().untilAsserted(() -> assertThat(heardByB.numbers()).containsExactly(7));
    }

    @Test
    void asksForTheAddressAgainBeforeEveryAttempt() {
        InetSocketAddress address = addresses.remove("b");
        a.connect("b");
        a.send("b", frame(1));
        addresses.put("b", address);
        await().untilAsserted(() -> assertThat(heardByA.events()).containsExactly("+b"));
        assertThat(heardByB.numbers()).as("what was sent without a stream").isEmpty();
    }

    @Test
    void keepsServicesOnOnePortApart() {
        GrpcPeerNetwork other = network(nodeA, "control-plane");
        GrpcPeerNetwork otherB = network(nodeB, "control-plane");
        Heard heard = new Heard();
        other.listen(new Heard());
        otherB.listen(heard);
        connectBoth();
        other.connect("b");
        await().untilAsserted(() -> assertThat(heard.events()).containsExactly("+a"));
        other.send("b", frame(3));
        await().untilAsserted(() -> assertThat(heard.numbers()).containsExactly(3));
        assertThat(heardByB.numbers()).isEmpty();
        other.close();
        otherB.close();
    }

    @Test
    void refusesAMemberThatAnswersInAnothersPlace() {
        addresses.put("c", nodeB.address());
        a.connect("c");
        a.connect("b");
        await().untilAsserted(() -> assertThat(heardByA.events()).contains("+b"));
        assertThat(heardByA.events()).doesNotContain("+c");
    }

    @Test
    void dropsFramesWhileNobodyCanBeReached() {
        nodeB.stopServer();
        for (int i = 0; i < 100; i++) {
            a.send("b", frame(i));
        }
        nodeB.startServer(b);
        await().untilAsserted(() -> assertThat(heardByA.events()).containsExactly("+b"));
        a.send("b", frame(1000));
        await().untilAsserted(() -> assertThat(heardByB.numbers()).containsExactly(1000));
    }
}
