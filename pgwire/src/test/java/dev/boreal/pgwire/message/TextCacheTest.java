package dev.boreal.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final TextCache cache = new TextCache();

    private String text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        return cache.text(buffer, 0, buffer.readableBytes());
    }

    @Test
    void givesTheSameStringForBytesThatCameBefore() {
        String statement = "UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2";
        text(statement);
        String second = text(statement);
        assertThat(text(statement)).isSameAs(second).isEqualTo(statement);
    }

    @Test
    void neverGivesTheTextOfOtherBytes() {
        Chance chance = new Chance(7);
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "SELECT " + "same ".repeat(chance.below(6)) + chance.below(9) + " tail of the statement";
        }
        for (int i = 0; i < 5_000; i++) {
            String expected = texts[chance.below(texts.length)];
            assertThat(text(expected)).isEqualTo(expected);
        }
    }

    @Test
    void refusesExactlyWhatTheJdkRefusesAsUtf8() {
        Chance chance = new Chance(11);
        int[] interesting = {
            0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xA0, 0x9F, 0xED, 0xEF, 0xBD, 0xF0, 0x90, 0xF4, 0x8F, 0xFF
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[chance.between(1, 5)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) interesting[chance.below(interesting.length)];
            }
            if (isUtf8(bytes)) {
                assertThat(text(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            } else {
                assertThatThrownBy(() -> text(bytes))
                        .isInstanceOf(SqlException.class)
                        .hasMessageStartingWith("22021: invalid byte sequence for encoding \"UTF8\": 0x");
            }
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void acceptsTheReplacementCharacterItself() {
        assertThat(text("\uFFFD")).isEqualTo("\uFFFD");
    }
}
