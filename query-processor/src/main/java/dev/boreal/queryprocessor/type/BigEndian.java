package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads numbers in network order, and checks the lengths of binary values as PostgreSQL's receive functions do. */
final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static short getShort(byte[] buffer, int offset) {
        return (short) SHORT.get(buffer, offset);
    }

    static int getInt(byte[] buffer, int offset) {
        return (int) INT.get(buffer, offset);
    }

    static long getLong(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset);
    }

    static void requireLength(int count, int expected) {
        if (count < expected) {
            throw insufficientData();
        }
        if (count > expected) {
            throw incorrectFormat();
        }
    }

    static SqlException insufficientData() {
        return new SqlException(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
    }

    static SqlException incorrectFormat() {
        return new SqlException(SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
}
