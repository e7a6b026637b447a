package dev.boreal.pgwire.startup;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** The versions of the protocol, and the numbers that stand in a version's place. */
final class ProtocolVersion {
    static final int NEWEST = 3 << 16 | 2;
    static final int CANCEL_REQUEST = 1234 << 16 | 5678;
    static final int TLS_REQUEST = 1234 << 16 | 5679;
    static final int GSS_REQUEST = 1234 << 16 | 5680;

    private static final int MAJOR = 3;

    private ProtocolVersion() {}

    static void requireSpoken(int version) {
        int major = version >>> 16;
        if (major != MAJOR) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "unsupported frontend protocol " + major + "." + (version & 0xFFFF)
                            + ": server supports 3.0 to 3.2");
        }
    }
}
