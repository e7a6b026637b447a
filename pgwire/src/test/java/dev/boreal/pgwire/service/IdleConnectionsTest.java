package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.pgwire.scripted.FrontendScript;
import dev.boreal.pgwire.scripted.ScriptedService;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class IdleConnectionsTest {
    private static final Logger LOG = LoggerFactory.getLogger(IdleConnectionsTest.class);
    private static final int CONNECTIONS = 1_000;
    private static final long MOST_BYTES = 100L << 20;

    /** Counts the clients' side too, which lives in the same process. */
    @Test
    void holdsAThousandIdleConnectionsInLittleMemory() throws IOException {
        ScriptedService service = new ScriptedService();
        List<SocketChannel> clients = new ArrayList<>();
        try (PgWireServer server = PgWireServer.start(PgWireConfiguration.loopback(0), service)) {
            clients.add(client(server.port()));
            long heapBefore = heapBytes();
            long directBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            for (int i = 1; i < CONNECTIONS; i++) {
                clients.add(client(server.port()));
            }
            assertThat(service.openSessions()).isEqualTo(CONNECTIONS);
            long heap = heapBytes() - heapBefore;
            long direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - directBefore;
            LOG.info("{} idle connections: {} KiB of heap, {} KiB of buffers", CONNECTIONS, heap >> 10, direct >> 10);
            assertThat(heap + direct).isLessThan(MOST_BYTES);
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    /** Opens a session and asks once in either protocol. */
    private static SocketChannel client(int port) throws IOException {
        SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.write(ByteBuffer.wrap(FrontendScript.encode("Startup 3.0 user=alice database=test")));
        readUntilReady(client);
        client.write(ByteBuffer.wrap(FrontendScript.encode("Query BLOCK ROWS 100")));
        readUntilReady(client);
        client.write(ByteBuffer.wrap(FrontendScript.encode("Parse - - ROWS 100")));
        client.write(ByteBuffer.wrap(FrontendScript.encode("Sync")));
        readUntilReady(client);
        return client;
    }

    private static void readUntilReady(SocketChannel client) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(8192);
        byte[] ready = {'Z', 0, 0, 0, 5, 'I'};
        while (answer.position() < ready.length
                || !answer.slice(answer.position() - ready.length, ready.length).equals(ByteBuffer.wrap(ready))) {
            assertThat(client.read(answer)).isPositive();
        }
    }

    private static long heapBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
