package dev.boreal.pgwire.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.authentication.ScramSecrets;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.scripted.BackendScript;
import dev.boreal.pgwire.scripted.DamagedStreams;
import dev.boreal.pgwire.scripted.ScriptedService;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Byte streams that were damaged by seeded chance: each is answered with well-formed messages, ends at a FATAL error at
 * the latest, meets no bug, and leaves no buffer behind. {@code -Dboreal.hostile.streams} says how many,
 * {@code -Dboreal.hostile.seed} where to begin.
 */
class HostileInputTest {
    private static final int STREAMS = Integer.getInteger("boreal.hostile.streams", 20_000);
    private static final int FIRST_SEED = Integer.getInteger("boreal.hostile.seed", 1);
    private static final int LARGEST_MESSAGE = 100_000;

    private final ScriptedService service = new ScriptedService();

    @Test
    void answersDamagedStreamsWellFormedOrCloses() {
        for (int seed = FIRST_SEED; seed < FIRST_SEED + STREAMS; seed++) {
            Chance chance = new Chance(seed);
            boolean scram = chance.oneIn(8);
            byte[] stream = DamagedStreams.next(chance, scram);
            try {
                play(chance, scram, stream);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(service.openSessions()).isZero();
    }

    private void play(Chance chance, boolean scram, byte[] stream) {
        InMemoryWire wire = new InMemoryWire(UnpooledByteBufAllocator.DEFAULT);
        InputBuffer input = new InputBuffer(UnpooledByteBufAllocator.DEFAULT);
        Terms terms = new Terms(
                scram ? AuthenticationMethod.SCRAM_SHA_256 : AuthenticationMethod.TRUST,
                new ScramSecrets(() -> "N", new byte[32]),
                false,
                LARGEST_MESSAGE,
                new Unlimited());
        Conversation conversation = new Conversation(service, terms, "", -1, wire, input);
        Outcome outcome = Outcome.NEEDS_INPUT;
        int sent = 0;
        while (sent < stream.length && outcome != Outcome.CLOSE) {
            int piece = Math.min(stream.length - sent, chance.oneIn(3) ? chance.between(1, 9) : stream.length);
            input.append(Unpooled.copiedBuffer(stream, sent, piece));
            sent += piece;
            boolean mayBlock = chance.oneIn(4);
            do {
                outcome = conversation.advance(mayBlock);
                mayBlock = outcome == Outcome.WOULD_BLOCK;
                wire.sendNow(conversation.takeOutput());
            } while (outcome == Outcome.WOULD_BLOCK || outcome == Outcome.OUTPUT_FULL);
            input.trim();
        }
        conversation.close();
        assertThat(wire.unreleased()).isZero();
        List<String> answers = decode(wire.sent());
        assertThat(answers).noneMatch(answer -> answer.contains("C=XX000"));
        boolean fatal = !answers.isEmpty() && answers.getLast().contains(" S=FATAL");
        assertThat(outcome == Outcome.CLOSE || !fatal).isTrue();
        assertThat(answers.stream().filter(answer -> answer.contains(" S=FATAL")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static List<String> decode(byte[] bytes) {
        List<String> answers = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && buffer.get(buffer.position()) == 'N' && answers.isEmpty()) {
            // An answer to a request for encryption.
            buffer.get();
        }
        while (buffer.hasRemaining()) {
            char type = (char) buffer.get();
            byte[] body = new byte[buffer.getInt() - 4];
            buffer.get(body);
            answers.add(BackendScript.decode(type, body));
        }
        return answers;
    }

    private static final class Unlimited implements Admission {
        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void leave() {}
    }

    /** Keeps what was sent, and knows which of its buffers live. */
    private static final class InMemoryWire implements Wire {
        private final ByteBufAllocator allocator;
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final List<ByteBuf> allocated = new ArrayList<>();

        InMemoryWire(ByteBufAllocator allocator) {
            this.allocator = allocator;
        }

        byte[] sent() {
            return sent.toByteArray();
        }

        long unreleased() {
            return allocated.stream().filter(buffer -> buffer.refCnt() > 0).count();
        }

        void sendNow(@org.jspecify.annotations.Nullable ByteBuf bytes) {
            if (bytes != null) {
                send(bytes);
            }
        }

        @Override
        public ByteBuf allocate(int capacity) {
            ByteBuf buffer = allocator.heapBuffer(capacity);
            allocated.add(buffer);
            return buffer;
        }

        @Override
        public boolean send(ByteBuf bytes) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            bytes.release();
            sent.writeBytes(copy);
            return true;
        }

        @Override
        public boolean awaitInput(InputBuffer input) {
            return false;
        }

        @Override
        public void terminate(dev.boreal.contracts.sql.SqlError reason) {
            throw new UnsupportedOperationException(reason.message());
        }
    }
}
