package dev.boreal.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageBodyTest {
    private final MessageBody body = new MessageBody(new TextCache());

    private void open(byte[] bytes) {
        ByteBuf buffer = Unpooled.buffer();
        buffer.writeInt(0x01010101).writeBytes(bytes).writeLong(0);
        body.open(buffer, 4, 4 + bytes.length);
    }

    @Test
    void neverReadsBeyondItsEnd() {
        open(new byte[] {1, 2, 3});
        assertThat(body.readShort()).isEqualTo(0x0102);
        assertThatThrownBy(body::readInt)
                .isInstanceOf(SqlException.class)
                .hasMessage("08P01: insufficient data left in message");
        assertThatThrownBy(body::finish).hasMessage("08P01: invalid message format");
        assertThatThrownBy(body::readText).hasMessage("08P01: invalid string in message");
        assertThat(body.readByte()).isEqualTo((byte) 3);
        assertThatThrownBy(body::readByte).hasMessage("08P01: no data left in message");
        body.finish();
    }

    @Test
    void refusesNegativeLengths() {
        open(new byte[8]);
        assertThatThrownBy(() -> body.skip(-2)).hasMessage("08P01: insufficient data left in message");
        assertThatThrownBy(() -> body.skip(Integer.MIN_VALUE)).hasMessage("08P01: insufficient data left in message");
    }

    @Test
    void readsTextsOneAfterTheOther() {
        open("portal\0\0grüße\0".getBytes(StandardCharsets.UTF_8));
        assertThat(body.readText()).isEqualTo("portal");
        assertThat(body.readText()).isEmpty();
        assertThat(body.readText()).isEqualTo("grüße");
        body.finish();
    }

    @Test
    void readsTheValuesOfABind() {
        ByteBuf buffer = Unpooled.buffer();
        buffer.writeBytes("p\0s\0".getBytes(StandardCharsets.US_ASCII));
        buffer.writeShort(2).writeShort(1).writeShort(1);
        buffer.writeShort(2).writeInt(3).writeBytes(new byte[] {7, 8, 9}).writeInt(-1);
        buffer.writeShort(2).writeShort(0).writeShort(1);
        body.open(buffer, 0, buffer.writerIndex());
        BindMessage bind = new BindMessage();
        bind.read(body);
        assertThat(bind.portal()).isEqualTo("p");
        assertThat(bind.statement()).isEqualTo("s");
        assertThat(bind.formats()).containsExactly(1);
        assertThat(bind.lengths()).containsExactly(3, -1);
        int offset = bind.offsets()[0];
        assertThat(bind.values()).containsSubsequence((byte) 7, (byte) 8, (byte) 9);
        assertThat(bind.values()[offset]).isEqualTo((byte) 7);
        assertThat(bind.resultFormats()).containsExactly(0, 1);
    }

    @Test
    void refusesCountsThatTheMessageCannotHold() {
        ByteBuf buffer = Unpooled.buffer();
        buffer.writeShort(0).writeShort(0xFFFF).writeShort(0);
        body.open(buffer, 0, buffer.writerIndex());
        assertThatThrownBy(() -> new BindMessage().read(body)).hasMessage("08P01: insufficient data left in message");
    }
}
