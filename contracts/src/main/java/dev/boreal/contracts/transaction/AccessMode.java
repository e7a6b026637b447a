package dev.boreal.contracts.transaction;

/**
 * How a transaction touched a key, and what that conflicts with. The names and the matrix are those of PostgreSQL's
 * tuple locks, read as claims that are checked at commit instead of locks that are waited for:
 *
 * <pre>
 *              KEY_WRITE  WRITE  KEY_SHARE  READ
 * KEY_WRITE        x        x        x       x
 * WRITE            x        x                x
 * KEY_SHARE        x
 * READ             x        x
 * </pre>
 */
public enum AccessMode {
    /** Insert, delete, change of a unique-key column, FOR UPDATE; on a table version: DDL. */
    KEY_WRITE(0b1111),
    /** Any other update, FOR NO KEY UPDATE. */
    WRITE(0b1011),
    /** Foreign-key check, FOR KEY SHARE; on a table version: any write of the table. */
    KEY_SHARE(0b0001),
    /** FOR SHARE; every point and range read under SERIALIZABLE. Need not be remembered once committed. */
    READ(0b0011);

    private static final AccessMode[] BY_CODE = values();

    private final int conflicts;

    AccessMode(int conflicts) {
        this.conflicts = conflicts;
    }

    public boolean conflictsWith(AccessMode other) {
        return (conflicts & 1 << other.ordinal()) != 0;
    }

    /** The bit set of the codes that this mode conflicts with. */
    public int conflictMask() {
        return conflicts;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public static AccessMode ofCode(int code) {
        return BY_CODE[code];
    }
}
