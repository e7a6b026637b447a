package dev.boreal.transport.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.wire.Hello;
import dev.boreal.contracts.wire.PeerFrames;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportNode;
import dev.boreal.transport.TransportSettings;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final TransportNode server = new TransportNode("server");
    private final TransportLoops loops = new TransportLoops(1);
    private final EchoDoor door = new EchoDoor();
    private final List<ClientLink<?>> links = new ArrayList<>();

    HandshakeTest() {
        server.serve(door);
    }

    @AfterEach
    void close() {
        links.forEach(ClientLink::close);
        loops.close();
        server.close();
    }

    /** Sends every frame back but those that say "hush". */
    private static final class EchoDoor implements ServerDoor<PeerFrames> {
        final List<String> ends = new CopyOnWriteArrayList<>();
        final AtomicInteger hushed = new AtomicInteger();

        @Override
        public DoorKind kind() {
            return DoorKind.PEERS;
        }

        @Override
        public String instance() {
            return "echo";
        }

        @Override
        public Parser<PeerFrames> parser() {
            return PeerFrames.parser();
        }

        @Override
        public LinkHandler<PeerFrames> accept(ServerStream stream) {
            Queue<PeerFrames> waiting = new ConcurrentLinkedQueue<>();
            return new LinkHandler<>() {
                @Override
                public void onOpened() {}

                @Override
                public void onMessage(PeerFrames message) throws MalformedMessageException {
                    if (message.getFrames(0).toStringUtf8().equals("nonsense")) {
                        throw new MalformedMessageException("this says nothing");
                    }
                    if (message.getFrames(0).toStringUtf8().equals("hush")) {
                        hushed.incrementAndGet();
                        return;
                    }
                    waiting.add(message);
                    stream.wake();
                }

                @Override
                public @Nullable MessageLite nextBatch() {
                    return waiting.poll();
                }

                @Override
                public void onClosed(String reason) {
                    ends.add(stream.member() + ": " + reason);
                }
            };
        }
    }

    /** An opener that sends what the test gives it. */
    private static final class Opener implements LinkHandler<PeerFrames> {
        final Queue<MessageLite> waiting = new ConcurrentLinkedQueue<>();
        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<String> ends = new CopyOnWriteArrayList<>();
        final AtomicInteger opened = new AtomicInteger();

        @Override
        public void onOpened() {
            opened.incrementAndGet();
        }

        @Override
        public void onMessage(PeerFrames message) {
            for (ByteString frame : message.getFramesList()) {
                heard.add(frame.toStringUtf8());
            }
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            return waiting.poll();
        }

        @Override
        public void onClosed(String reason) {
            ends.add(reason);
        }
    }

    private static PeerFrames frame(String text) {
        return PeerFrames.newBuilder().addFrames(ByteString.copyFromUtf8(text)).build();
    }

    private ClientLink<PeerFrames> open(LinkIdentity self, String instance, String member, Opener opener) {
        return open(self, instance, member, opener, server.address(), TransportNode.SETTINGS);
    }

    private ClientLink<PeerFrames> open(
            LinkIdentity self,
            String instance,
            String member,
            Opener opener,
            InetSocketAddress address,
            TransportSettings settings) {
        ClientLink<PeerFrames> link = new ClientLink<>(
                loops,
                settings,
                self,
                new LinkTarget(DoorKind.PEERS, instance, member),
                () -> address,
                PeerFrames.parser(),
                opener);
        links.add(link);
        link.start();
        return link;
    }

    private static final LinkIdentity CLIENT = new LinkIdentity("cluster-1", "client", Role.STORAGE);

    private String refusal(LinkIdentity self, String instance, String member) {
        Opener opener = new Opener();
        open(self, instance, member, opener);
        await().until(() -> !opener.ends.isEmpty());
        assertThat(opener.opened.get()).isZero();
        return opener.ends.getFirst();
    }

    @Test
    void opensToWhomeverFitsAndCarriesMessagesBothWays() {
        Opener opener = new Opener();
        ClientLink<PeerFrames> link = open(CLIENT, "echo", "server", opener);
        opener.waiting.add(frame("hello"));
        link.wake();
        await().until(() -> opener.heard.contains("hello"));
    }

    @Test
    void keepsAStreamWhoseMessagesNeedNoAnswer() throws InterruptedException {
        Opener opener = new Opener();
        ClientLink<PeerFrames> link = open(
                CLIENT,
                "echo",
                "server",
                opener,
                server.address(),
                TransportNode.SETTINGS.withSilence(Duration.ofMillis(50), Duration.ofMillis(500)));
        await().until(() -> opener.opened.get() == 1);
        while (door.hushed.get() < 300 && opener.ends.isEmpty()) {
            opener.waiting.add(frame("hush"));
            link.wake();
            Thread.sleep(5);
        }
        assertThat(opener.ends).isEmpty();
    }

    @Test
    void refusesAnotherClusterInWords() {
        assertThat(refusal(new LinkIdentity("cluster-2", "stranger", Role.STORAGE), "echo", ""))
                .contains("server belongs to the cluster \"cluster-1\", stranger to \"cluster-2\"");
    }

    @Test
    void refusesWhoeverLooksForSomebodyElse() {
        assertThat(refusal(CLIENT, "echo", "other")).contains("this is server, not other");
    }

    @Test
    void refusesADoorThatIsNotThere() {
        assertThat(refusal(CLIENT, "journal/other", "server"))
                .contains("there is no replicas of journal/other at server");
    }

    @Test
    void refusesAnotherVersionAnUnknownRoleAndWhatIsNotBoreal() {
        LinkIdentity self = new LinkIdentity("cluster-1", "server", Role.JOURNAL);
        Hello hello = Hello.newBuilder()
                .setProtocolVersion(Handshake.PROTOCOL_VERSION)
                .setClusterId("cluster-1")
                .setMember("client")
                .setRole("storage")
                .build();
        assertThat(Handshake.unfit(self, hello)).isNull();
        assertThat(Handshake.unfit(
                        self, hello.toBuilder().setProtocolVersion(99).build()))
                .isEqualTo("server speaks version 1 of the protocol, client speaks version 99");
        assertThat(Handshake.unfit(self, hello.toBuilder().setRole("king").build()))
                .contains("no role is called \"king\"");
        assertThat(Handshake.unfit(self, (Hello) null)).contains("does not begin as one of Boreal's");
    }

    @Test
    void endsAStreamOfMalformedBytesWithTheReasonAndNoOther() {
        Opener good = new Opener();
        ClientLink<PeerFrames> goodLink = open(CLIENT, "echo", "server", good);
        await().until(goodLink::isOpen);
        byte[] cutShort = {10, 65, 1};
        List<Status> ends = new CopyOnWriteArrayList<>();
        ManagedChannel channel = Connections.open(loops, loops.next(), TransportNode.SETTINGS, server.address());
        ClientCall<Payload, Payload> call = channel.newCall(StreamMethods.of(DoorKind.PEERS), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ends.add(status);
                    }
                },
                Handshake.hello(CLIENT, new LinkTarget(DoorKind.PEERS, "echo", "server")));
        call.request(1);
        call.sendMessage(new Payload.Incoming(cutShort));
        await().until(() -> !ends.isEmpty());
        assertThat(ends.getFirst().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(ends.getFirst().getDescription()).contains("malformed: a message of 3 bytes");
        channel.shutdownNow();
        good.waiting.add(frame("still here"));
        goodLink.wake();
        await().until(() -> good.heard.contains("still here"));
        assertThat(good.ends).isEmpty();
    }

    @Test
    void endsAStreamWhoseMessageTheDoorCannotRead() {
        Opener opener = new Opener();
        ClientLink<PeerFrames> link = open(CLIENT, "echo", "server", opener);
        opener.waiting.add(frame("nonsense"));
        link.wake();
        await().until(() -> !opener.ends.isEmpty());
        assertThat(opener.ends.getFirst()).contains("malformed: this says nothing");
        assertThat(door.ends).containsExactly("client: malformed: this says nothing");
    }

    @Test
    void givesUpAStreamOnWhichNobodySaysAnything() throws IOException {
        TransportSettings impatient =
                TransportSettings.DEFAULT.withSilence(Duration.ofMillis(50), Duration.ofMillis(300));
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Opener opener = new Opener();
            open(
                    CLIENT,
                    "echo",
                    "",
                    opener,
                    new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort()),
                    impatient);
            try (Socket accepted = mute.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                await().until(() -> !opener.ends.isEmpty());
                assertThat(opener.ends.getFirst()).contains("has said nothing for 300 ms");
            }
        }
    }

    @Test
    void keepsAnIdleStreamOpen() throws InterruptedException {
        TransportSettings impatient =
                TransportSettings.DEFAULT.withSilence(Duration.ofMillis(20), Duration.ofMillis(2000));
        Opener opener = new Opener();
        ClientLink<PeerFrames> link = open(CLIENT, "echo", "server", opener, server.address(), impatient);
        await().until(link::isOpen);
        Thread.sleep(2500);
        assertThat(opener.ends).isEmpty();
        assertThat(link.isOpen()).isTrue();
    }

    @Test
    void listensOnLoopbackOnlyUnlessAllowed() throws IOException {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        Assertions.assertThatThrownBy(() -> TransportServer.start(loops, TransportSettings.DEFAULT, CLIENT, everywhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be reached from other machines");
        try (TransportServer open =
                TransportServer.start(loops, TransportSettings.DEFAULT.listeningBeyondLoopback(), CLIENT, everywhere)) {
            assertThat(open.port()).isPositive();
        }
    }
}
