package dev.boreal.contracts.door;

import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import java.util.List;

/**
 * Where a session writes its answers. Used by the one thread that makes the session's current call. Nothing is
 * flushed to the client before the call returns, unless the sink's buffer is full, {@link #copyIn} waits for the client,
 * or {@link #flush} is called; up to then the session may take it back with {@link #rewind}, which is how
 * a conflicting statement is run again without the client knowing.
 *
 * <p>A row is {@code beginRow(n)}, then n fields, then {@code endRow()}.
 */
public interface ResultSink extends FieldSink {

    void rowDescription(List<FieldDescription> fields);

    void noData();

    void parameterDescription(int[] typeOids);

    void parseComplete();

    void bindComplete();

    void commandComplete(String tag);

    void emptyQueryResponse();

    void portalSuspended();

    void notice(SqlError notice);

    /** A parameter that clients are told about has changed. */
    void parameterStatus(String name, String value);

    void beginRow(int fields);

    /** Ends a row. May block a virtual thread while the client does not read; never blocks on an event loop. */
    void endRow();

    /**
     * Asks the client for COPY data and returns where it comes from. {@code columnFormats} has one format per column.
     */
    CopyIn copyIn(boolean binary, short[] columnFormats);

    /** Begins COPY data to the client; followed by {@link #copyData} and {@link #copyDone}. */
    void copyOut(boolean binary, short[] columnFormats);

    /** One CopyData message. May block as {@link #endRow} does. */
    void copyData(byte[] bytes, int offset, int length);

    void copyDone();

    /** How much has been written so far: a mark for {@link #rewind}. */
    long position();

    /** Takes back everything written since {@code position}; false, and nothing happens, if some of it has left. */
    boolean rewind(long position);

    /** Sends what has been written. */
    void flush();

    /** COPY data from the client: pulled by the statement, on a virtual thread. */
    interface CopyIn {
        /**
         * The payload of the next CopyData message, which the caller may keep; null when the client is done.
         *
         * @throws dev.boreal.contracts.sql.SqlException 57014 with the client's reason when it sent CopyFail, or 08006
         *     when it went away
         */
        byte @org.jspecify.annotations.Nullable [] next();
    }
}
