package dev.boreal.queryprocessor.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a PostgreSQL 15 answered to the same bytes; the file's head says how to read it. */
class GoldenCopyFromTest {

    static List<String> cases() {
        try (InputStream in = GoldenCopyFromTest.class.getResourceAsStream("/copy/copy-from.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void goldenFileHasItsCases() {
        assertThat(cases()).hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAndRefusesAsPostgres(String golden) {
        Golden expected = Golden.of(golden);
        CopyOptions options = Reading.options("FROM STDIN (" + expected.options + ")");
        assertThat(Reading.whole(options, expected.data)).isEqualTo(expected.outcome);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersTheSameWhereverTheDataAreCut(String golden) {
        Golden expected = Golden.of(golden);
        CopyOptions options = Reading.options("FROM STDIN (" + expected.options + ")");
        for (int cut = 0; cut <= expected.data.length; cut++) {
            assertThat(Reading.cutAt(options, expected.data, cut)).isEqualTo(expected.outcome);
        }
        Chance chance = new Chance(golden.hashCode());
        for (int run = 0; run < 20; run++) {
            assertThat(Reading.cutByChance(options, expected.data, chance)).isEqualTo(expected.outcome);
        }
    }

    private record Golden(String options, byte[] data, List<String> outcome) {
        static Golden of(String line) {
            String[] words = line.split(" ", -1);
            List<String> outcome = new ArrayList<>();
            for (int i = 2; i < words.length; i++) {
                outcome.add(new String(decode(words[i]), StandardCharsets.UTF_8));
            }
            return new Golden(
                    new String(decode(words[0]), StandardCharsets.UTF_8), decode(words[1].substring(1)), outcome);
        }

        private static byte[] decode(String text) {
            byte[] out = new byte[text.length()];
            int length = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '%') {
                    out[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                    i += 2;
                } else {
                    out[length++] = (byte) c;
                }
            }
            return java.util.Arrays.copyOf(out, length);
        }
    }
}
