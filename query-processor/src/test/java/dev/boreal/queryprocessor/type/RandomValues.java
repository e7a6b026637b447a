package dev.boreal.queryprocessor.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of each type from one seed: many small and equal ones, and the edges of each range. */
final class RandomValues {
    private static final String[] FRAGMENTS = {"a", "b", "A", " ", "é", "日", "\uffee", "😀", "z", "~", "0", "\u0001"};

    private final SplittableRandom chance;

    RandomValues(long seed) {
        chance = new SplittableRandom(seed);
    }

    Object next(SqlType type) {
        SqlType element = TypeRegistry.elementOf(type);
        if (element != null) {
            return array(type, element);
        }
        return switch (type.name()) {
            case "bool" -> chance.nextBoolean();
            case "int2" -> (int) (short) integer();
            case "int4", "oid", "xid", "cid" -> integer();
            case "date" -> pick(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, chance.nextInt(-2_451_545, 100_000_000));
            case "int8", "xid8", "pg_lsn" -> longInteger();
            case "tid" -> chance.nextLong(1L << 48);
            case "time" -> chance.nextLong(JulianDay.MICROS_PER_DAY + 1);
            case "timestamp", "timestamptz" ->
                pick(Long.MIN_VALUE, Long.MAX_VALUE, 0L, chance.nextLong(TimestampType.MIN, TimestampType.END));
            case "timetz" ->
                new TimeWithZone(
                        chance.nextLong(0, 25) * 3_600_000_000L % JulianDay.MICROS_PER_DAY,
                        3600 * chance.nextInt(-12, 13));
            case "interval" ->
                new Interval(
                        chance.nextInt(-3, 4),
                        chance.nextInt(-90, 91),
                        chance.nextLong(-50, 51) * 3_600_000_000L + chance.nextInt(3));
            case "float4" ->
                pick(
                        Float.NaN,
                        0f,
                        -0f,
                        Float.NEGATIVE_INFINITY,
                        Float.POSITIVE_INFINITY,
                        (float) integer(),
                        Float.intBitsToFloat(chance.nextInt()));
            case "float8" ->
                pick(
                        Double.NaN,
                        0d,
                        -0d,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        (double) integer(),
                        Double.longBitsToDouble(chance.nextLong()));
            case "numeric" -> numeric();
            case "bytea" -> bytes();
            case "uuid" -> new UUID(longInteger(), longInteger());
            case "jsonb" -> json(3);
            case "json" -> json(3).toString();
            case "char" -> pick("", "a", "r", "é").replace("é", "z");
            case "bpchar" -> text().strip() + " ".repeat(chance.nextInt(4));
            default -> text();
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[chance.nextInt(values.length)];
    }

    private int integer() {
        return pick(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, chance.nextInt(-300, 300), chance.nextInt());
    }

    private long longInteger() {
        return pick(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, chance.nextLong(-300, 300), chance.nextLong());
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        for (int i = chance.nextInt(6); i > 0; i--) {
            out.append(pick(FRAGMENTS));
        }
        return out.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[chance.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pick((byte) 0, (byte) 1, (byte) -1, (byte) chance.nextInt());
        }
        return bytes;
    }

    private Numeric numeric() {
        return switch (chance.nextInt(12)) {
            case 0 -> Numeric.NAN;
            case 1 -> Numeric.POSITIVE_INFINITY;
            case 2 -> Numeric.NEGATIVE_INFINITY;
            case 3 -> Numeric.of(BigDecimal.ZERO.setScale(chance.nextInt(5)));
            case 4 ->
                Numeric.of(new BigDecimal(
                        new BigInteger(400, new java.util.Random(chance.nextLong())), chance.nextInt(200)));
            case 5, 6 -> Numeric.of(BigDecimal.valueOf(chance.nextLong(), chance.nextInt(40)));
            default -> Numeric.of(BigDecimal.valueOf(chance.nextInt(-2000, 2000), chance.nextInt(5)));
        };
    }

    private Jsonb json(int depth) {
        return switch (chance.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> Jsonb.ofNull();
            case 1 -> Jsonb.of(chance.nextBoolean());
            case 2, 3 -> Jsonb.of(text());
            case 4 -> Jsonb.of(Numeric.of(BigDecimal.valueOf(chance.nextInt(-50, 50), chance.nextInt(3))));
            case 5 -> {
                List<Jsonb> elements = new ArrayList<>();
                for (int i = chance.nextInt(4); i > 0; i--) {
                    elements.add(json(depth - 1));
                }
                yield Jsonb.array(elements);
            }
            default -> {
                Map<String, Jsonb> entries = new HashMap<>();
                for (int i = chance.nextInt(4); i > 0; i--) {
                    entries.put(text(), json(depth - 1));
                }
                yield Jsonb.object(entries);
            }
        };
    }

    private SqlArray array(SqlType type, SqlType element) {
        int columns = chance.nextInt(1, 4);
        boolean vector = type instanceof VectorType;
        boolean square = !vector && chance.nextInt(4) == 0;
        @Nullable Object[] elements = new @Nullable Object[square ? 2 * columns : vector ? columns : chance.nextInt(4)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = !vector && chance.nextInt(5) == 0 ? null : next(element);
        }
        if (vector) {
            return VectorType.of(element.oid(), elements);
        }
        return square
                ? new SqlArray(element.oid(), new int[] {2, columns}, new int[] {1, chance.nextInt(-1, 3)}, elements)
                : SqlArray.of(element.oid(), elements);
    }
}
