package dev.boreal.queryprocessor.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyWriterTest {
    private static final String[] WORDS = {
        "",
        "a",
        "\\",
        "\\.",
        "\\N",
        ",",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "'",
        "b c",
        "é",
        "你",
        "😀",
        "\u0001",
        "NIL",
        "x\"y",
        "|",
        "\\x41",
        "\b\f\u000b"
    };

    private static byte[] written(CopyOptions options, List<@Nullable String[]> rows) {
        int columns = rows.getFirst().length;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("c" + i);
        }
        SqlType[] types = new SqlType[columns];
        Arrays.fill(types, TypeRegistry.TEXT);
        boolean[] force = options.forceQuote().among(names, names::contains, "t");
        CopyWriter writer = CopyWriter.of(options, names, types, force, new PlainContext());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.begin();
        out.write(writer.buffer(), 0, writer.length());
        for (@Nullable String[] row : rows) {
            writer.row(row);
            out.write(writer.buffer(), 0, writer.length());
        }
        writer.finish();
        out.write(writer.buffer(), 0, writer.length());
        return out.toByteArray();
    }

    private static String text(String options, @Nullable String... row) {
        return new String(
                written(Reading.options("TO STDOUT " + options), List.<@Nullable String[]>of(row)),
                StandardCharsets.UTF_8);
    }

    /** Checked against PostgreSQL 15. */
    @Test
    void escapesTextAsPostgres() {
        assertThat(text("", "a\tb", null, "\\", "x\ny\rz", "\b\f\u000b\u0001", "é"))
                .isEqualTo("a\\tb\t\\N\t\\\\\tx\\ny\\rz\t\\b\\f\\v\u0001\té\n");
        assertThat(text("(delimiter '|', null 'NUL', header)", "a|b", null)).isEqualTo("c0|c1\na\\|b|NUL\n");
    }

    @Test
    void quotesCsvAsPostgres() {
        assertThat(text("(format csv)", "a,b", null, "", "say \"x\"", "p\nq", "\\.", " s "))
                .isEqualTo("\"a,b\",,\"\",\"say \"\"x\"\"\",\"p\nq\",\\., s \n");
        assertThat(text("(format csv)", "\\.")).isEqualTo("\"\\.\"\n");
        assertThat(text("(format csv, force_quote (c1), header)", "a", "b")).isEqualTo("c0,c1\na,\"b\"\n");
        assertThat(text("(format csv, force_quote *, null 'x')", null, "b")).isEqualTo("x,\"b\"\n");
        assertThat(text("(format csv, quote '''', escape '\\')", "it's", "b\\'"))
                .isEqualTo("'it\\'s','b\\\\\\''\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "(delimiter '|', null 'NUL')", "(format csv)", "(format csv, quote '''', escape '\\')",
                "(format csv, null 'NIL', delimiter '|')", "(format csv, force_quote *)", "(format binary)", "(header)",
                "(format csv, header)"
            })
    void whatIsWrittenReadsBackWhereverItIsCut(String options) {
        String reading = options.contains("force_quote") ? "(format csv)" : options;
        for (int seed = 0; seed < 200; seed++) {
            Chance chance = new Chance(seed);
            int columns = chance.between(1, 5);
            List<@Nullable String[]> rows = new ArrayList<>();
            List<String> expected = new ArrayList<>(List.of("rows"));
            for (int r = chance.between(1, 30); r > 0; r--) {
                @Nullable String[] row = new @Nullable String[columns];
                for (int c = 0; c < columns; c++) {
                    row[c] = chance.oneIn(6) ? null : word(chance);
                    expected.add(row[c] == null ? "<null>" : "=" + row[c]);
                }
                rows.add(row);
            }
            byte[] data = written(Reading.options("TO STDOUT " + options), rows);
            CopyOptions from = Reading.options("FROM STDIN " + reading);
            List<String> names = rows.getFirst().length == 0 ? List.of() : names(columns);
            assertThat(Reading.whole(from, names, data)).as("seed %d", seed).isEqualTo(expected);
            assertThat(Reading.cutByChance(from, names, data, chance))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static List<String> names(int columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("c" + i);
        }
        return names;
    }

    private static String word(Chance chance) {
        StringBuilder word = new StringBuilder();
        for (int parts = chance.below(4); parts >= 0; parts--) {
            word.append(WORDS[chance.below(WORDS.length)]);
        }
        return word.toString();
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "-7", "10", "99", "100", "9223372036854775807", "-9223372036854775808", "1000000000000000000"
    })
    void writesNumbersInDecimal(long value) {
        FieldBytes sink = new FieldBytes();
        sink.decimalField(value);
        assertThat(new String(sink.bytes().toByteArray(), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toString(value));
    }
}
