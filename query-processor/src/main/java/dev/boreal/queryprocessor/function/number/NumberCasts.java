package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.outOfRange;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CastFunction;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Casts among number types. Floats round to the nearest even integer, numeric rounds half away from zero. */
public final class NumberCasts implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        CastFunction same = CastFunction.IDENTITY;
        bindings.cast("int2 int4", same)
                .cast("int2 int8, int4 int8", (c, v) -> ((Integer) v).longValue())
                .cast("int8 int4", (c, v) -> IntegerArithmetic.checkedInteger((Long) v))
                .cast("int4 int2", (c, v) -> IntegerArithmetic.smallint((Integer) v))
                .cast("int8 int2", (c, v) -> smallint((Long) v))
                .cast("int2 float4, int4 float4, int8 float4", (c, v) -> ((Number) v).floatValue())
                .cast("int2 float8, int4 float8, int8 float8", (c, v) -> ((Number) v).doubleValue())
                .cast("int2 numeric, int4 numeric", (c, v) -> Numeric.of(((Integer) v).longValue()))
                .cast("int8 numeric", (c, v) -> Numeric.of((Long) v))
                .cast("float4 float8", (c, v) -> ((Float) v).doubleValue())
                .cast("float8 float4", (c, v) -> single((Double) v))
                .cast("float4 int2, float8 int2", (c, v) ->
                        (int) toInteger(v, Short.MIN_VALUE, Short.MAX_VALUE, "smallint"))
                .cast("float4 int4, float8 int4", (c, v) ->
                        (int) toInteger(v, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer"))
                .cast("float4 int8, float8 int8", (c, v) -> toBigint(((Number) v).doubleValue()))
                .cast("float4 numeric", (c, v) -> Numeric.of(((Float) v).floatValue()))
                .cast("float8 numeric", (c, v) -> Numeric.of(((Double) v).doubleValue()))
                .cast("numeric int2", (c, v) ->
                        (int) integral((Numeric) v, Short.MIN_VALUE, Short.MAX_VALUE, "smallint"))
                .cast("numeric int4", (c, v) ->
                        (int) integral((Numeric) v, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer"))
                .cast("numeric int8", (c, v) -> integral((Numeric) v, Long.MIN_VALUE, Long.MAX_VALUE, "bigint"))
                .cast("numeric float4", (c, v) -> single(((Numeric) v).doubleValue()))
                .cast("numeric float8", (c, v) -> toDouble((Numeric) v))
                .cast("numeric numeric", same)
                .cast("bool int4", (c, v) -> (Boolean) v ? 1 : 0)
                .cast("int4 bool", (c, v) -> (Integer) v != 0);
        String[] objectTypes = {
            "oid",
            "regproc",
            "regprocedure",
            "regoper",
            "regoperator",
            "regclass",
            "regtype",
            "regnamespace",
            "regrole",
            "regcollation"
        };
        for (String type : objectTypes) {
            bindings.cast("int8 " + type, (c, v) -> toOid((Long) v))
                    .cast("int2 " + type, same)
                    .cast(type + " int8", (c, v) -> Integer.toUnsignedLong((Integer) v));
        }
    }

    private static int smallint(long value) {
        if ((short) value != value) {
            throw outOfRange("smallint");
        }
        return (int) value;
    }

    private static int toOid(long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw outOfRange("OID");
        }
        return (int) value;
    }

    private static float single(double value) {
        float result = (float) value;
        if (Float.isInfinite(result) && !Double.isInfinite(value)) {
            throw FloatArithmetic.overflow();
        }
        if (result == 0 && value != 0) {
            throw FloatArithmetic.underflow();
        }
        return result;
    }

    private static long toInteger(Object value, long low, long high, String typeName) {
        double rounded = Math.rint(((Number) value).doubleValue());
        if (!(rounded >= low && rounded <= high)) {
            throw outOfRange(typeName);
        }
        return (long) rounded;
    }

    private static long toBigint(double value) {
        double rounded = Math.rint(value);
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw outOfRange("bigint");
        }
        return (long) rounded;
    }

    private static double toDouble(Numeric value) {
        double result = value.doubleValue();
        boolean underflow = result == 0 && value.signum() != 0;
        if ((Double.isInfinite(result) && value.isFinite()) || underflow) {
            throw new SqlException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + value + "\" is out of range for type double precision");
        }
        return result;
    }

    static long integral(Numeric value, long low, long high, String typeName) {
        if (value.isNaN()) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "cannot convert NaN to " + typeName);
        }
        if (!value.isFinite()) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "cannot convert infinity to " + typeName);
        }
        BigDecimal rounded = value.decimal().setScale(0, RoundingMode.HALF_UP);
        if (rounded.compareTo(BigDecimal.valueOf(low)) < 0 || rounded.compareTo(BigDecimal.valueOf(high)) > 0) {
            throw outOfRange(typeName);
        }
        return rounded.longValue();
    }
}
