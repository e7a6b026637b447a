package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.pgwire.scripted.FrontendScript;
import dev.boreal.pgwire.scripted.ScriptedService;
import dev.boreal.pgwire.scripted.WireClient;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One event loop serves everybody, so whoever made it wait would be noticed by the others. */
class HandOverTest {
    private static final long MEBIBYTE = 1 << 20;

    private final ScriptedService service = new ScriptedService();
    private final PgWireServer server =
            PgWireServer.start(PgWireConfiguration.loopback(0).withEventLoops(1), service);

    @AfterEach
    void stop() {
        server.close();
    }

    private WireClient client() {
        return new WireClient(server.port()).login();
    }

    private void assertServes() {
        try (WireClient other = client()) {
            other.say("Query SELECT 1");
            assertThat(other.readUntil("DataRow")).isEqualTo("DataRow 1");
        }
    }

    @Test
    void servesOthersWhileAStatementWaits() {
        try (WireClient waiting = client();
                WireClient canceller = new WireClient(server.port())) {
            waiting.say("Query WAIT");
            assertServes();
            canceller.say("CancelRequest 1 7001");
            assertThat(waiting.read()).startsWith("ErrorResponse S=ERROR C=57014");
        }
    }

    @Test
    void holdsBackAResultThatIsNotRead() {
        try (WireClient slow = client()) {
            long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            slow.say("Query BIG 150000");
            assertThat(slow.read()).startsWith("RowDescription");
            assertServes();
            long after = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            assertThat(after - before).isLessThan(64 * MEBIBYTE);
            int rows = 0;
            String line = slow.read();
            while (line.startsWith("DataRow")) {
                rows++;
                line = slow.read();
            }
            assertThat(rows).isEqualTo(150_000);
            assertThat(line).isEqualTo("CommandComplete SELECT 150000");
            assertThat(slow.read()).isEqualTo("ReadyForQuery I");
        }
    }

    @Test
    void stopsReadingFromAClientThatDoesNotRead() {
        int queries = 3_000;
        try (WireClient slow = client()) {
            byte[] query = FrontendScript.encode("Query ROWS 500");
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < queries; i++) {
                    slow.send(query);
                }
            });
            assertServes();
            int answered = 0;
            while (answered < queries) {
                assertThat(slow.readUntil("CommandComplete")).isEqualTo("CommandComplete SELECT 500");
                assertThat(slow.read()).isEqualTo("ReadyForQuery I");
                answered++;
            }
            sender.join();
        }
    }

    @Test
    void takesManyMegabytesOfCopyInAnyPieces() {
        try (WireClient client = client()) {
            client.say("Query COPYIN");
            assertThat(client.read()).startsWith("CopyInResponse");
            byte[] small = FrontendScript.encode("CopyData " + "x".repeat(10_000));
            for (int i = 0; i < 2_000; i++) {
                client.send(small);
            }
            client.send(FrontendScript.encode("CopyData " + "y".repeat(5_000_000)));
            client.say("CopyDone");
            assertThat(client.read()).isEqualTo("CommandComplete COPY 2001 25000000");
            assertThat(client.read()).isEqualTo("ReadyForQuery I");
        }
    }

    @Test
    void keepsTheOrderOfAnswersWhileOwnersAlternate() {
        try (WireClient client = client()) {
            for (int round = 0; round < 200; round++) {
                String[] messages = new String[20];
                for (int i = 0; i < messages.length; i++) {
                    messages[i] = "Query " + ((round + i) % 3 == 0 ? "BLOCK " : "") + "SELECT " + i;
                }
                client.say(messages);
                for (int i = 0; i < messages.length; i++) {
                    assertThat(client.readUntil("DataRow")).isEqualTo("DataRow " + i);
                    assertThat(client.readUntil("ReadyForQuery")).isEqualTo("ReadyForQuery I");
                }
            }
        }
    }

    @Test
    void endsTheStatementOfAClientThatWentAway() {
        try (WireClient client = client()) {
            client.say("Query WAIT");
        }
        try (WireClient client = client()) {
            client.say("Query COPYIN");
            assertThat(client.read()).startsWith("CopyInResponse");
        }
        try (WireClient client = client()) {
            client.say("Query BIG 150000");
            assertThat(client.read()).startsWith("RowDescription");
        }
        Awaitility.await().until(() -> service.openSessions() == 0);
    }

    @Test
    void doesEverythingThatCameBeforeAnOrderlyGoodbye() {
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            try (WireClient client = client()) {
                client.say("Query BLOCK COUNT");
                client.say("Query COUNT", "Query BLOCK COUNT", "Terminate");
                client.endInput();
                for (int statement = 0; statement < 3; statement++) {
                    assertThat(client.read()).isEqualTo("CommandComplete COUNT");
                    assertThat(client.read()).isEqualTo("ReadyForQuery I");
                }
                assertThat(client.read()).isEqualTo("Closed");
            }
        }
        Awaitility.await().until(() -> service.openSessions() == 0);
        assertThat(service.counted()).isEqualTo(3 * rounds);
    }

    @Test
    void tellsEveryClientWhenItCloses() {
        try (WireClient idle = client();
                WireClient running = client();
                WireClient copying = client()) {
            copying.say("Query COPYIN");
            assertThat(copying.read()).startsWith("CopyInResponse");
            running.say("Query BEGIN", "Query WAIT");
            assertThat(running.readUntil("ReadyForQuery")).isEqualTo("ReadyForQuery T");
            server.close();
            String farewell = "ErrorResponse S=FATAL C=57P01 M=terminating connection due to administrator command";
            assertThat(idle.read()).isEqualTo(farewell);
            assertThat(idle.read()).isEqualTo("Closed");
            assertThat(copying.read()).isEqualTo(farewell);
            assertThat(running.read()).isEqualTo(farewell);
            assertThat(running.read()).isEqualTo("Closed");
        }
        assertThat(service.openSessions()).isZero();
    }
}
