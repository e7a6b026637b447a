package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class BinaryFormTest {
    private static final FixedSettings SETTINGS = FixedSettings.defaults();

    @Test
    void sendsTheBytesOfPostgresAndReceivesThem() {
        for (String[] row : AnswerTable.read("binary.tsv")) {
            if (row[0].equals("record")) {
                continue;
            }
            SqlType type = Objects.requireNonNull(TypeRegistry.findByName(row[0]));
            Object value = type.parse(row[1], SETTINGS);
            assertThat(sent(type, value)).as("%s %s", row[0], row[1]).isEqualTo(row[2]);
            byte[] bytes = HexFormat.of().parseHex(row[2]);
            Object received = type.readBinary(bytes, 0, bytes.length, SETTINGS);
            assertThat(type.format(received, SETTINGS))
                    .as("%s %s", row[0], row[1])
                    .isEqualTo(type.format(value, SETTINGS));
        }
    }

    @Test
    void sendsRecordsWithTheTypesOfTheirFields() {
        String expected = AnswerTable.read("binary.tsv").getLast()[2];
        SqlRecord row = SqlRecord.anonymous(
                List.of(TypeRegistry.INT4, TypeRegistry.TEXT, TypeRegistry.INT4), new Object[] {1, "a", null});
        assertThat(sent(TypeRegistry.RECORD, row)).isEqualTo(expected);
        assertThat(TypeRegistry.RECORD.format(row, SETTINGS)).isEqualTo("(1,a,)");
    }

    @Test
    void refusesValuesOfTheWrongLength() {
        assertRefused(TypeRegistry.INT4, new byte[3], "08P01: insufficient data left in message");
        assertRefused(TypeRegistry.INT4, new byte[5], "22P03: incorrect binary data format");
        assertRefused(TypeRegistry.NUMERIC, new byte[4], "08P01: insufficient data left in message");
        assertRefused(TypeRegistry.INT4_ARRAY, new byte[11], "08P01: insufficient data left in message");
        assertRefused(
                TypeRegistry.TEXT,
                new byte[] {'a', (byte) 0xff},
                "22021: invalid byte sequence for encoding \"UTF8\": 0xff");
        assertRefused(
                TypeRegistry.TEXT, new byte[] {'a', 0}, "22021: invalid byte sequence for encoding \"UTF8\": 0x00");
    }

    /** The length of an array is not believed before the elements are there. */
    @Test
    void refusesArraysLongerThanTheirMessage() {
        ByteWriter bytes = new ByteWriter(32);
        bytes.writeInt(1);
        bytes.writeInt(0);
        bytes.writeInt(23);
        bytes.writeInt(Integer.MAX_VALUE);
        bytes.writeInt(1);
        assertRefused(TypeRegistry.INT4_ARRAY, bytes.toByteArray(), "08P01: insufficient data left in message");
    }

    private static void assertRefused(SqlType type, byte[] bytes, String message) {
        assertThatThrownBy(() -> type.readBinary(bytes, 0, bytes.length, SETTINGS))
                .isInstanceOf(SqlException.class)
                .hasMessage(message);
    }

    /** What the type writes, as hexadecimal digits, without the length before it. */
    private static String sent(SqlType type, Object value) {
        ElementSink sink = new ElementSink();
        type.writeBinary(value, sink, SETTINGS);
        return HexFormat.of().formatHex(sink.bytes()).substring(8);
    }
}
