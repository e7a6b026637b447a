package dev.boreal.launcher.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.boreal.launcher.Progress;
import dev.boreal.launcher.TestServer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Malformed messages against the whole server: each conversation is answered with well-formed messages until the server
 * ends it; no error is the server's own (XX000), nothing is told in its log, a session beside them works all the while, no row is
 * lost, and the heap does not grow. {@code -Dboreal.fuzz.messages} says how many malformed messages, 5,000 unless told;
 * {@code ./boreal faults messages 100000} sends more.
 */
class MessageFuzzTest {
    private static final int MESSAGES = Integer.getInteger("boreal.fuzz.messages", 5_000);
    private static final long SEED = Long.getLong("boreal.faults.seed", 1L);
    private static final int ANSWER_TIMEOUT_MILLIS = 30_000;
    private static final int CONVERSATIONS_PER_CHECK = 50;
    private static final long MOST_GROWTH_BYTES = 48L << 20;

    @TempDir
    Path directory;

    private final Map<String, Integer> answered = new TreeMap<>();

    @Test
    void answersMalformedMessagesAndNothingElseNoticesThem() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try (TestServer server = new TestServer(directory);
                WireClient witness = new WireClient(server.port(), "postgres", "postgres")) {
            witness.simple("CREATE TABLE witness (n int PRIMARY KEY)");
            witness.simple("CREATE TABLE fuzz (id int PRIMARY KEY, t text, n numeric, at timestamptz)");
            witness.simple("CREATE TABLE fuzz_copy (id int, t text, n numeric, at timestamptz)");
            witness.simple(
                    "INSERT INTO fuzz SELECT g, 'row ' || g, g / 7.0, '2024-01-01'::timestamptz FROM generate_series(1, 100) g");
            int malformed = 0;
            int conversations = 0;
            int witnessed = 0;
            long settledHeap = 0;
            Progress progress = new Progress("messages", MESSAGES);
            for (long seed = SEED; malformed < MESSAGES; seed++) {
                progress.at(malformed);
                DamagedConversation conversation = new DamagedConversation(seed);
                malformed += conversation.malformed();
                try {
                    play(server.port(), conversation.bytes());
                } catch (IOException | RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed, e);
                }
                conversations++;
                if (conversations % CONVERSATIONS_PER_CHECK == 0) {
                    assertThat(ok(witness, "INSERT INTO witness VALUES (" + witnessed + ")"))
                            .isEmpty();
                    witnessed++;
                    assertThat(ok(witness, "DELETE FROM fuzz_copy")).isEmpty();
                }
                if (settledHeap == 0 && malformed > MESSAGES / 4) {
                    settledHeap = usedHeap();
                }
            }
            assertThat(witness.simple("SELECT count(*) FROM witness").getFirst().rows)
                    .isEqualTo(List.of(List.of(Integer.toString(witnessed))));
            assertThat(witness.simple("SELECT count(*), sum(id) FROM fuzz WHERE id <= 100")
                            .getFirst()
                            .rows)
                    .isEqualTo(List.of(List.of("100", "5050")));
            long growth = usedHeap() - settledHeap;
            System.out.printf(
                    "messages: %,d malformed in %,d conversations from seed %d, heap grew by %,d KiB, answers %s%n",
                    malformed, conversations, SEED, growth >> 10, answered);
            assertThat(growth).isLessThan(MOST_GROWTH_BYTES);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)))
                .isEmpty();
    }

    private static String ok(WireClient client, String sql) throws IOException {
        return client.simple(sql).getFirst().sqlState();
    }

    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Sends all, says that nothing more comes, and reads until the server hangs up. */
    private void play(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (SocketException serverHungUp) {
                return;
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            try {
                while (readMessage(in)) {
                    // All is asserted there.
                }
            } catch (SocketException resetSinceInputWasLeftUnread) {
                // What was not read may be lost with it.
            }
        }
    }

    private boolean readMessage(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return false;
        }
        assertThat("RSKZTDCEN123nstGHdcIAvV").as("type of a message").contains(Character.toString(type));
        int length = in.readInt();
        assertThat(length).as("length of a message %c", type).isBetween(4, 1 << 20);
        byte[] body = in.readNBytes(length - 4);
        if (body.length < length - 4) {
            throw new EOFException("the server hung up in a message");
        }
        if (type == 'E') {
            String state = sqlState(body);
            assertThat(state).as(new String(body, StandardCharsets.UTF_8)).doesNotStartWith("XX");
            answered.merge(state, 1, Integer::sum);
        }
        return true;
    }

    private static String sqlState(byte[] body) {
        ByteBuffer fields = ByteBuffer.wrap(body);
        for (byte code = fields.get(); code != 0; code = fields.get()) {
            StringBuilder text = new StringBuilder();
            for (byte next = fields.get(); next != 0; next = fields.get()) {
                text.append((char) next);
            }
            if (code == 'C') {
                return text.toString();
            }
        }
        throw new AssertionError("an error without SQLSTATE");
    }
}
