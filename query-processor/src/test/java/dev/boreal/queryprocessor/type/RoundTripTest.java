package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.key.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
    private static final FixedSettings SETTINGS = FixedSettings.defaults();
    private static final int VALUES = 150;
    /** Types whose values need a catalog, or that have no values of their own to make up here. */
    private static final Set<String> LEFT_OUT = Set.of("record", "cstring");

    private static List<SqlType> types() {
        List<SqlType> types = new ArrayList<>();
        for (SqlType type : TypeRegistry.all()) {
            SqlType element = TypeRegistry.elementOf(type);
            SqlType base = element == null ? type : element;
            boolean nested = element != null && TypeRegistry.elementOf(element) != null;
            if (!(base instanceof PseudoType)
                    && !(base instanceof ObjectNameType)
                    && !nested
                    && !LEFT_OUT.contains(base.name())) {
                types.add(type);
            }
        }
        return types;
    }

    @Test
    void readsBackFromText() {
        for (SqlType type : types()) {
            RandomValues values = new RandomValues(type.oid());
            for (int i = 0; i < VALUES; i++) {
                Object value = values.next(type);
                String text = type.format(value, SETTINGS);
                Object again = type.parse(text, SETTINGS);
                assertThat(type.equal(again, value)).as("%s %s", type, text).isTrue();
                assertThat(type.format(again, SETTINGS)).isEqualTo(text);
            }
        }
    }

    @Test
    void readsBackFromBinary() {
        for (SqlType type : types()) {
            RandomValues values = new RandomValues(type.oid());
            for (int i = 0; i < VALUES; i++) {
                Object value = values.next(type);
                ElementSink sink = new ElementSink();
                type.writeBinary(value, sink, SETTINGS);
                byte[] bytes = sink.bytes();
                Object again = type.readBinary(bytes, 4, bytes.length - 4, SETTINGS);
                assertThat(type.format(again, SETTINGS)).isEqualTo(type.format(value, SETTINGS));
            }
        }
    }

    @Test
    void readsBackFromFields() {
        for (SqlType type : types()) {
            RandomValues values = new RandomValues(type.oid());
            for (int i = 0; i < VALUES; i++) {
                Object value = values.next(type);
                byte[] field = field(type, value);
                byte[] shifted = new byte[field.length + 5];
                System.arraycopy(field, 0, shifted, 3, field.length);
                Object again = type.decodeField(shifted, 3, field.length);
                assertThat(type.format(again, SETTINGS)).isEqualTo(type.format(value, SETTINGS));
            }
        }
    }

    @Test
    void ordersKeysAsValues() {
        for (SqlType type : types()) {
            if (!type.keyable()) {
                continue;
            }
            RandomValues values = new RandomValues(31L * type.oid());
            for (int i = 0; i < 10 * VALUES; i++) {
                Object a = values.next(type);
                Object b = values.next(type);
                int order = Integer.signum(type.compare(a, b));
                int keys = Integer.signum(Keys.compare(key(type, a), key(type, b)));
                assertThat(keys)
                        .as("%s: %s against %s", type, type.format(a, SETTINGS), type.format(b, SETTINGS))
                        .isEqualTo(order);
            }
        }
    }

    /** No key is the beginning of another: else the columns behind it would decide too early. */
    @Test
    void delimitsKeys() {
        for (SqlType type : types()) {
            if (!type.keyable()) {
                continue;
            }
            RandomValues values = new RandomValues(17L * type.oid());
            for (int i = 0; i < 5 * VALUES; i++) {
                byte[] a = key(type, values.next(type));
                byte[] b = key(type, values.next(type));
                assertThat(Keys.startsWith(a, b) && a.length != b.length)
                        .as("%s: %s begins with %s", type, Arrays.toString(a), Arrays.toString(b))
                        .isFalse();
            }
        }
    }

    @Test
    void ordersAndIdentifiesFieldsWhereItSaysSo() {
        for (SqlType type : types()) {
            RandomValues values = new RandomValues(13L * type.oid());
            for (int i = 0; i < 5 * VALUES; i++) {
                Object a = values.next(type);
                Object b = values.next(type);
                int fields = Keys.compare(field(type, a), field(type, b));
                if (type.fieldOrdered()) {
                    assertThat(Integer.signum(fields)).as("%s", type).isEqualTo(Integer.signum(type.compare(a, b)));
                }
                if (type.fieldIdentifies()) {
                    assertThat(fields == 0).as("%s", type).isEqualTo(type.equal(a, b));
                }
            }
        }
    }

    @Test
    void hashesEqualValuesAlike() {
        for (SqlType type : types()) {
            if (!type.comparable()) {
                continue;
            }
            RandomValues values = new RandomValues(7L * type.oid());
            for (int i = 0; i < 10 * VALUES; i++) {
                Object a = values.next(type);
                Object b = values.next(type);
                assertThat(Integer.signum(type.compare(a, b))).isEqualTo(-Integer.signum(type.compare(b, a)));
                assertThat(type.equal(a, b)).isEqualTo(type.compare(a, b) == 0);
                if (type.equal(a, b)) {
                    assertThat(type.hash(a)).as("%s", type).isEqualTo(type.hash(b));
                }
            }
        }
    }

    @Test
    void spillsRecordsWithTheirShape() {
        SqlRecord row = new SqlRecord(
                List.of(TypeRegistry.INT4, TypeRegistry.TEXT, TypeRegistry.NUMERIC),
                List.of("id", "name", "price"),
                new Object[] {7, null, Numeric.of(12)});
        byte[] field = field(TypeRegistry.RECORD, row);
        assertThat(TypeRegistry.RECORD.decodeField(field, 0, field.length)).isEqualTo(row);
    }

    private static byte[] field(SqlType type, Object value) {
        ByteWriter out = new ByteWriter(16);
        type.encodeField(value, out);
        return out.toByteArray();
    }

    private static byte[] key(SqlType type, Object value) {
        ByteWriter out = new ByteWriter(16);
        type.encodeKey(value, out);
        return out.toByteArray();
    }
}
