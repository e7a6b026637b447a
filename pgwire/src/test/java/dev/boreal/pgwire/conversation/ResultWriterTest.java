package dev.boreal.pgwire.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.message.MessageBody;
import dev.boreal.pgwire.message.TextCache;
import dev.boreal.pgwire.scripted.BackendScript;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
    private final ByteBuf sent = Unpooled.buffer();
    private final ResultWriter writer = writer();
    private boolean gone;

    private ResultWriter writer() {
        Wire wire = new Wire() {
            @Override
            public ByteBuf allocate(int capacity) {
                return Unpooled.buffer(capacity);
            }

            @Override
            public boolean send(ByteBuf bytes) {
                sent.writeBytes(bytes);
                return !gone;
            }

            @Override
            public boolean awaitInput(InputBuffer input) {
                return false;
            }

            @Override
            public void terminate(dev.boreal.contracts.sql.SqlError reason) {
                throw new UnsupportedOperationException(reason.message());
            }
        };
        InputBuffer input = new InputBuffer(UnpooledByteBufAllocator.DEFAULT);
        return new ResultWriter(wire, new CopyFromClient(input, wire, new MessageBody(new TextCache()), 1000));
    }

    private String nextSent() {
        char type = (char) sent.readByte();
        byte[] body = new byte[sent.readInt() - Integer.BYTES];
        sent.readBytes(body);
        return BackendScript.decode(type, body);
    }

    private void row(long value) {
        writer.beginRow(1);
        writer.decimalField(value);
        writer.endRow();
    }

    @Test
    void writesEveryNumberAsItsDecimalDigits() {
        Chance chance = new Chance(3);
        long[] values = new long[2_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = chance.nextLong() >> chance.below(64);
        }
        values[0] = Long.MIN_VALUE;
        values[1] = Long.MAX_VALUE;
        long power = 1;
        for (int i = 2; i < 38; i += 2, power *= 10) {
            values[i] = power;
            values[i + 1] = 1 - power;
        }
        for (long value : values) {
            row(value);
        }
        assertThat(writer.send()).isTrue();
        for (long value : values) {
            assertThat(nextSent()).isEqualTo("DataRow " + value);
        }
    }

    @Test
    void takesBackWhatHasNotLeft() {
        row(1);
        long mark = writer.position();
        row(2);
        assertThat(writer.rewind(mark)).isTrue();
        assertThat(writer.position()).isEqualTo(mark);
        row(3);
        assertThat(writer.send()).isTrue();
        assertThat(nextSent()).isEqualTo("DataRow 1");
        assertThat(nextSent()).isEqualTo("DataRow 3");
        assertThat(sent.isReadable()).isFalse();
    }

    @Test
    void keepsWhatHasLeftOrWasPromised() {
        long start = writer.position();
        row(1);
        long afterFirst = writer.position();
        assertThat(writer.send()).isTrue();
        assertThat(writer.rewind(start)).isFalse();
        assertThat(writer.rewind(afterFirst)).isTrue();
        row(2);
        writer.flush();
        assertThat(writer.rewind(afterFirst)).isFalse();
        assertThatThrownBy(() -> writer.rewind(writer.position() + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsPiecesOfALargeResultOnlyWhereItMayWait() {
        for (int i = 0; i < 10_000; i++) {
            row(i);
        }
        assertThat(sent.isReadable()).isFalse();
        writer.mayBlock(true);
        row(10_000);
        assertThat(sent.readableBytes()).isEqualTo((int) writer.position());
    }

    @Test
    void endsTheStatementOfAClientThatIsGone() {
        gone = true;
        writer.mayBlock(true);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        row(i);
                    }
                })
                .isInstanceOfSatisfying(
                        SqlException.class,
                        e -> assertThat(e.error().sqlState()).isEqualTo("08006"));
    }

    @Test
    void refusesToWaitForCopyDataWhereItMustNot() {
        assertThatThrownBy(() -> writer.copyIn(false, new short[] {0})).isInstanceOf(IllegalStateException.class);
    }
}
