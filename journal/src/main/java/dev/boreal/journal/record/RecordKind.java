package dev.boreal.journal.record;

import org.jspecify.annotations.Nullable;

/** What a record says. Only entries take a position; the marks lie between positions. */
public enum RecordKind {
    /** What a writer appended. */
    ENTRY(1),
    /** A new epoch begins; the payload is its owner in UTF-8. */
    EPOCH(2),
    /** The epoch takes no further entries. */
    SEAL(3),
    /** The journal was closed in good order: everything before this record was durable. */
    CLOSE(4),
    /** A replica begins to lead; the payload is its name in UTF-8. */
    TERM(5);

    private static final RecordKind[] KINDS = values();

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    /** The number that stands in the file; never 0, which is what blank space holds. */
    public int code() {
        return code;
    }

    /** The kind of {@code code}, or null if there is none. */
    public static @Nullable RecordKind of(int code) {
        return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
    }
}
