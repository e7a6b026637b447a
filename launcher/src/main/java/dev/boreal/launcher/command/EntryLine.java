package dev.boreal.launcher.command;

import dev.boreal.contracts.journal.PositionedEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** An entry as a line for people and for {@code cut}: position, epoch, time and text, with tabs between them. */
final class EntryLine {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private EntryLine() {}

    static String of(PositionedEntry entry) {
        long timestamp = entry.entry().timestamp();
        Instant time = Instant.ofEpochSecond(
                Math.floorDiv(timestamp, NANOS_PER_SECOND), Math.floorMod(timestamp, NANOS_PER_SECOND));
        return entry.position() + "\t" + entry.epoch() + "\t" + time + "\t"
                + text(entry.entry().payload());
    }

    /** UTF-8 as it is, with control characters and backslashes escaped; what is no UTF-8, byte by byte as {@code \xNN}. */
    static String text(byte[] payload) {
        StringBuilder text = new StringBuilder();
        try {
            CharSequence decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            for (int i = 0; i < decoded.length(); i++) {
                char c = decoded.charAt(i);
                if (c == '\\') {
                    text.append("\\\\");
                } else if (Character.isISOControl(c)) {
                    text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                } else {
                    text.append(c);
                }
            }
        } catch (CharacterCodingException bytes) {
            for (byte b : payload) {
                text.append(String.format(Locale.ROOT, "\\x%02x", b));
            }
        }
        return text.toString();
    }
}
