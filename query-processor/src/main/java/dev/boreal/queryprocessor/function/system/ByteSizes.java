package dev.boreal.queryprocessor.function.system;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers of bytes as people write them: pg_size_pretty and pg_size_bytes. */
final class ByteSizes {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final BigInteger LIMIT = BigInteger.valueOf(10 * 1024);

    private ByteSizes() {}

    static String pretty(long bytes) {
        return pretty(BigInteger.valueOf(bytes));
    }

    static String pretty(Numeric bytes) {
        if (!bytes.isFinite()) {
            return bytes + " bytes";
        }
        BigInteger whole = bytes.decimal().toBigInteger();
        return whole.abs().compareTo(LIMIT) < 0
                ? bytes + " bytes"
                : pretty(bytes.decimal().setScale(0, RoundingMode.DOWN).toBigInteger());
    }

    private static String pretty(BigInteger bytes) {
        BigInteger size = bytes;
        int unit = 0;
        boolean halved = false;
        while (unit < UNITS.length - 1) {
            BigInteger limit = halved ? LIMIT.multiply(BigInteger.TWO).subtract(BigInteger.ONE) : LIMIT;
            if (size.abs().compareTo(limit) < 0) {
                break;
            }
            size = size.divide(BigInteger.valueOf(halved ? 1024 : 512));
            halved = true;
            unit++;
        }
        if (halved) {
            size = size.add(BigInteger.valueOf(size.signum())).divide(BigInteger.TWO);
        }
        return size + " " + UNITS[unit];
    }

    static long parse(String text) {
        String trimmed = text.strip();
        int at = 0;
        while (at < trimmed.length() && "+-0123456789.eE".indexOf(trimmed.charAt(at)) >= 0) {
            at++;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(trimmed.substring(0, at));
        } catch (NumberFormatException e) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid size: \"" + text + "\"");
        }
        String unit = trimmed.substring(at).strip().toLowerCase(Locale.ROOT);
        int power = switch (unit) {
            case "", "b", "bytes" -> 0;
            case "kb" -> 1;
            case "mb" -> 2;
            case "gb" -> 3;
            case "tb" -> 4;
            case "pb" -> 5;
            default ->
                throw new SqlException(SqlError.error(
                                SqlState.INVALID_PARAMETER_VALUE, "invalid size: \"" + text + "\"")
                        .withDetail(
                                "Invalid size unit: \"" + trimmed.substring(at).strip() + "\".")
                        .withHint("Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\"."));
        };
        BigDecimal bytes = number.multiply(BigDecimal.valueOf(1024).pow(power)).setScale(0, RoundingMode.HALF_UP);
        if (bytes.toBigInteger().bitLength() > 63) {
            throw Arguments.outOfRange("bigint");
        }
        return bytes.longValue();
    }
}
