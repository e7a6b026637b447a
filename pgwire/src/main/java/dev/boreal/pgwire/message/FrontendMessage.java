package dev.boreal.pgwire.message;

/** The types of what a client says after startup, and how long each may be. */
public final class FrontendMessage {
    public static final byte BIND = 'B';
    public static final byte CLOSE = 'C';
    public static final byte COPY_DATA = 'd';
    public static final byte COPY_DONE = 'c';
    public static final byte COPY_FAIL = 'f';
    public static final byte DESCRIBE = 'D';
    public static final byte EXECUTE = 'E';
    public static final byte FLUSH = 'H';
    public static final byte FUNCTION_CALL = 'F';
    public static final byte PARSE = 'P';
    public static final byte PASSWORD = 'p';
    public static final byte QUERY = 'Q';
    public static final byte SYNC = 'S';
    public static final byte TERMINATE = 'X';

    /** The type byte and the length. */
    public static final int HEADER_BYTES = 5;

    /** What a length may say for messages that carry no user data. */
    public static final int SMALL_LIMIT = 10_000;

    private FrontendMessage() {}

    /**
     * What the length of a message may say at most, in bytes.
     *
     * @return 0 if there is no such type
     */
    public static int lengthLimit(byte type, int largeLimit) {
        return switch (type) {
            case QUERY, PARSE, BIND, FUNCTION_CALL, COPY_DATA -> largeLimit;
            case CLOSE, DESCRIBE, EXECUTE, FLUSH, SYNC, TERMINATE, COPY_DONE, COPY_FAIL ->
                Math.min(SMALL_LIMIT, largeLimit);
            default -> 0;
        };
    }
}
