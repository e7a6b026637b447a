package dev.boreal.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.scripted.BackendScript;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BackendMessageTest {
    private final ByteBuf out = Unpooled.buffer();

    private String decoded() {
        char type = (char) out.readByte();
        byte[] body = new byte[out.readInt() - Integer.BYTES];
        out.readBytes(body);
        assertThat(out.isReadable()).isFalse();
        return BackendScript.decode(type, body);
    }

    @Test
    void tellsWarningsAsNotices() {
        BackendMessage.errorOrNotice(out, SqlError.warning(SqlState.WARNING, "careful"));
        assertThat(decoded()).isEqualTo("NoticeResponse S=WARNING C=01000 M=careful");
    }

    @Test
    void endsATextAtAZeroSoThatTheMessageStaysWhole() {
        BackendMessage.errorOrNotice(out, SqlError.error(SqlState.INTERNAL_ERROR, "before\0after"));
        assertThat(decoded()).isEqualTo("ErrorResponse S=ERROR C=XX000 M=before");
    }

    @Test
    void encodesTextAsUtf8() {
        BackendMessage.parameterStatus(out, "application_name", "grüße \uD83D\uDC27");
        assertThat(decoded()).isEqualTo("ParameterStatus application_name=grüße \uD83D\uDC27");
    }
}
