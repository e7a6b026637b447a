package dev.boreal.contracts.door;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import java.util.Map;

/**
 * One client's session: the only door between pgwire and the query processor. pgwire knows bytes and message order,
 * the session knows SQL.
 *
 * <p><b>Threads.</b> One call at a time, each from any thread ({@link #interrupt} aside, which any thread may call at any
 * time). Calls that take {@code mayBlock} are first made with {@code false} on the connection's event loop: if the
 * session cannot finish without waiting it returns {@link Progress#WOULD_BLOCK} <em>having had no effect and written
 * nothing</em>, and the call is made again with {@code true} on a virtual thread.
 *
 * <p><b>Errors.</b> A call that fails throws {@link SqlException}; the session has then already noted that the
 * transaction failed. In the extended protocol pgwire answers the error and skips to Sync. Any other exception is a bug:
 * pgwire logs it, calls {@link #failed} and answers XX000.
 *
 * <p><b>Results</b> go to the {@link ResultSink} of the session, which pgwire owns and which stays the same for its life.
 */
public interface SqlSession extends AutoCloseable {

    /** Whether a call came to its end. */
    enum Progress {
        DONE,
        WOULD_BLOCK
    }

    /** What ReadyForQuery tells. */
    enum TransactionStatus {
        IDLE('I'),
        IN_TRANSACTION('T'),
        FAILED('E');

        private final char code;

        TransactionStatus(char code) {
            this.code = code;
        }

        public byte code() {
            return (byte) code;
        }
    }

    int processId();

    int secretKey();

    /** What ParameterStatus tells after authentication, in a stable order; later changes go to the sink. */
    Map<String, String> parameters();

    /** Hands over the sink, once, before any other call. */
    void attach(ResultSink sink);

    /** Hands over who can end the connection, once, before any other call but {@link #attach}. */
    default void attach(Terminator terminator) {}

    /** Ends the client's connection when the server wants it: a timeout, or an administrator. */
    interface Terminator {
        /**
         * Interrupts the running statement, tells the client why and closes. Any thread; returns at once.
         *
         * @param reason FATAL: 25P03, 25P04, 57P01, 57P05
         */
        void terminate(SqlError reason);
    }

    /** Simple Query: any number of statements in one string; writes everything but ReadyForQuery. */
    Progress query(String sql, boolean mayBlock);

    /** Parse. {@code parameterTypes} has oids, 0 for a type to be inferred. An empty name is the unnamed statement. */
    Progress parse(String statement, String sql, int[] parameterTypes, boolean mayBlock);

    /**
     * Bind.
     *
     * @param formats of the parameters: none (all text), one for all, or one each
     * @param buffer holds the values; valid during the call only
     * @param offsets where each value begins in the buffer
     * @param lengths of each value, -1 for NULL
     * @param resultFormats as {@code formats}, for the result's columns
     */
    Progress bind(
            String portal,
            String statement,
            short[] formats,
            byte[] buffer,
            int[] offsets,
            int[] lengths,
            short[] resultFormats,
            boolean mayBlock);

    /** Describe of a statement: writes ParameterDescription, then RowDescription or NoData. */
    Progress describeStatement(String statement, boolean mayBlock);

    /** Describe of a portal: writes RowDescription or NoData. */
    Progress describePortal(String portal, boolean mayBlock);

    /** Execute: rows, then CommandComplete, EmptyQueryResponse or PortalSuspended. {@code maxRows} 0 means all. */
    Progress execute(String portal, int maxRows, boolean mayBlock);

    /** Close of a statement; one that does not exist is not an error. */
    void closeStatement(String statement);

    /** Close of a portal; one that does not exist is not an error. */
    void closePortal(String portal);

    /** Sync: ends the implicit transaction, by commit or, after a failure, by rollback. */
    Progress sync(boolean mayBlock);

    TransactionStatus transactionStatus();

    /** pgwire met a failure that the session cannot know of: the open transaction fails. */
    void failed();

    /** Cancels the running statement: it ends with 57014 soon. Does nothing when none runs. */
    void interrupt();

    /** The client is gone or said goodbye: rolls back and frees everything. */
    @Override
    void close();
}
