package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlError.Severity;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.message.BackendMessage;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.message.MessageBody;
import dev.boreal.pgwire.message.TextCache;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's conversation, from its first byte to its last. The connection appends what it receives to the
 * {@link InputBuffer}, calls {@link #advance}, and does what the {@link Outcome} says.
 *
 * <p><b>Threads.</b> One at a time owns the conversation, its input and its output; {@link #interrupt} and
 * {@link #terminate} come from any.
 */
public final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Terms terms;
    private final Wire wire;
    private final InputBuffer input;
    private final MessageBody body = new MessageBody(new TextCache());
    private final CopyFromClient copyFromClient;
    private final ResultWriter writer;

    private @Nullable Opening opening;
    private volatile @Nullable Exchange exchange;
    private volatile @Nullable SqlSession session;
    private volatile @Nullable SqlError terminating;
    private boolean admitted;
    private boolean closed;

    public Conversation(
            SqlService service, Terms terms, String clientAddress, int clientPort, Wire wire, InputBuffer input) {
        this.terms = terms;
        this.wire = wire;
        this.input = input;
        copyFromClient = new CopyFromClient(input, wire, body, terms.largestMessageBytes());
        writer = new ResultWriter(wire, copyFromClient);
        opening = new Opening(service, terms, clientAddress, clientPort, writer, input, body);
    }

    /**
     * Reads as many whole messages as there are and writes their answers.
     *
     * @param mayBlock whether the calling thread may wait
     */
    public Outcome advance(boolean mayBlock) {
        Opening begun = opening;
        if (begun != null) {
            SqlError reason = terminating;
            if (reason != null) {
                return end(reason);
            }
            Outcome outcome = begun.advance(mayBlock);
            admitted = begun.isAdmitted();
            SqlSession opened = begun.session();
            session = opened;
            if (outcome != null || opened == null) {
                return outcome == null ? Outcome.CLOSE : outcome;
            }
            opening = null;
            Exchange begunExchange =
                    new Exchange(opened, writer, input, body, copyFromClient, terms.largestMessageBytes());
            exchange = begunExchange;
            opened.attach(wire::terminate);
            SqlError meanwhile = terminating;
            if (meanwhile != null) {
                begunExchange.terminate(meanwhile);
            }
        }
        Exchange current = exchange;
        return current == null ? Outcome.CLOSE : current.advance(mayBlock);
    }

    /** Whether the client has its session. */
    public boolean isOpen() {
        return exchange != null;
    }

    /** Whether there is a session that {@link #close} has to close, which may wait. */
    public boolean hasSession() {
        return session != null;
    }

    /** Whether a batch of the extended protocol is under way, so that more of it is likely to come at once. */
    public boolean isMidBatch() {
        Exchange current = exchange;
        return current != null && current.isMidBatch();
    }

    /** The wire is encrypted from now on. */
    public void encrypted() {
        if (opening != null) {
            opening.encrypted();
        }
    }

    /** Whether what is written shall be sent now. */
    public boolean isOutputDue() {
        return writer.isDue();
    }

    /** What is written, to be sent and released; null if there is nothing. */
    public @Nullable ByteBuf takeOutput() {
        return writer.take();
    }

    /** Makes sure that there is a buffer to write into, for a thread for which making one is dear. */
    public void prepareOutput() {
        writer.buffer();
    }

    /** Refuses a client that took too long to open its session. */
    public void timeOut() {
        end(SqlError.error(SqlState.QUERY_CANCELED, "canceling authentication due to timeout")
                .withSeverity(Severity.FATAL));
    }

    private Outcome end(SqlError fatal) {
        BackendMessage.errorOrNotice(writer.buffer(), fatal);
        writer.makeDue();
        return Outcome.CLOSE;
    }

    /** The server stops, or ends this session: a running statement is interrupted, and no other begins. Any thread. */
    public void terminate(SqlError reason) {
        terminating = reason;
        Exchange current = exchange;
        if (current != null) {
            current.terminate(reason);
        }
        interrupt();
    }

    /** Nobody waits for the running statement any more. Any thread. */
    public void interrupt() {
        SqlSession current = session;
        if (current != null) {
            current.interrupt();
        }
    }

    /** Frees everything; may wait for the session to close. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ByteBuf unsent = writer.take();
        if (unsent != null) {
            unsent.release();
        }
        input.release();
        SqlSession current = session;
        if (current != null) {
            try {
                current.close();
            } catch (RuntimeException e) {
                LOG.error("bug met while closing a session", e);
            }
        }
        if (admitted) {
            terms.admission().leave();
        }
    }
}
