package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlError.Severity;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.message.BackendMessage;
import dev.boreal.pgwire.message.BindMessage;
import dev.boreal.pgwire.message.FrontendMessage;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.message.MessageBody;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions and answers with an open session. A message is decoded, the input moves behind it, and only then is the
 * session called, for a COPY reads on from there; if the session would block, the input moves back and the same message
 * is decoded again on the thread that may wait.
 *
 * <p>Errors follow PostgreSQL. A frame that cannot be right ends the session, since nobody knows where the next message
 * begins. Anything else is an ERROR: in the extended protocol everything up to Sync is then passed over, elsewhere
 * ReadyForQuery follows at once.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int[] NO_TYPES = {};

    private enum Step {
        DONE,
        WOULD_BLOCK,
        CLOSE
    }

    private final SqlSession session;
    private final ResultWriter writer;
    private final InputBuffer input;
    private final MessageBody body;
    private final CopyFromClient copyFromClient;
    private final int largestMessageBytes;
    private final BindMessage bind = new BindMessage();

    private boolean skippingToSync;
    private boolean midBatch;
    private boolean inSession;
    private volatile @Nullable SqlError terminating;

    Exchange(
            SqlSession session,
            ResultWriter writer,
            InputBuffer input,
            MessageBody body,
            CopyFromClient copyFromClient,
            int largestMessageBytes) {
        this.session = session;
        this.writer = writer;
        this.input = input;
        this.body = body;
        this.copyFromClient = copyFromClient;
        this.largestMessageBytes = largestMessageBytes;
    }

    /** Whether extended-protocol messages came that no Sync has followed yet. */
    boolean isMidBatch() {
        return midBatch;
    }

    /** Ends the session at the next message, or with the running statement. Any thread. */
    void terminate(SqlError reason) {
        terminating = reason;
    }

    Outcome advance(boolean mayBlock) {
        writer.mayBlock(mayBlock);
        for (; ; ) {
            SqlError reason = terminating;
            if (reason != null) {
                return end(reason);
            }
            ByteBuf bytes = input.bytes();
            int readable = bytes.readableBytes();
            if (readable == 0) {
                return Outcome.NEEDS_INPUT;
            }
            int start = bytes.readerIndex();
            byte type = bytes.getByte(start);
            int limit = FrontendMessage.lengthLimit(type, largestMessageBytes);
            if (limit == 0) {
                return endForViolation("invalid frontend message type " + Byte.toUnsignedInt(type));
            }
            if (readable < FrontendMessage.HEADER_BYTES) {
                return Outcome.NEEDS_INPUT;
            }
            int length = bytes.getInt(start + 1);
            if (length < Integer.BYTES || length > limit) {
                return endForViolation("invalid message length");
            }
            if (readable <= length) {
                return Outcome.NEEDS_INPUT;
            }
            if (mayBlock && writer.isDue() && !writer.send()) {
                return Outcome.CLOSE;
            }
            int end = start + 1 + length;
            bytes.readerIndex(end);
            if (skippingToSync && type != FrontendMessage.SYNC && type != FrontendMessage.TERMINATE) {
                continue;
            }
            body.open(bytes, start + FrontendMessage.HEADER_BYTES, end);
            switch (answer(type, mayBlock)) {
                case CLOSE -> {
                    return Outcome.CLOSE;
                }
                case WOULD_BLOCK -> {
                    bytes.readerIndex(start);
                    return Outcome.WOULD_BLOCK;
                }
                case DONE -> {
                    if (writer.isFull()) {
                        if (!mayBlock) {
                            return Outcome.OUTPUT_FULL;
                        }
                        if (!writer.send()) {
                            return Outcome.CLOSE;
                        }
                    }
                }
            }
        }
    }

    private Step answer(byte type, boolean mayBlock) {
        inSession = false;
        try {
            if (type == FrontendMessage.TERMINATE) {
                return Step.CLOSE;
            }
            if (dispatch(type, mayBlock) == Progress.DONE) {
                return Step.DONE;
            }
            if (mayBlock) {
                throw new IllegalStateException("the session would block where it may");
            }
            return Step.WOULD_BLOCK;
        } catch (SqlException e) {
            if (!inSession) {
                session.failed();
            }
            return fail(type, e.error());
        } catch (StackOverflowError e) {
            session.failed();
            return fail(type, SqlError.error(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded"));
        } catch (OutOfMemoryError e) {
            LOG.error("out of memory while answering message {}", (char) type, e);
            session.failed();
            return fail(type, SqlError.error(SqlState.OUT_OF_MEMORY, "out of memory"));
        } catch (Throwable e) {
            LOG.error("bug met while answering message {}", (char) type, e);
            session.failed();
            return fail(type, SqlError.error(SqlState.INTERNAL_ERROR, "internal error: " + e));
        }
    }

    private Progress dispatch(byte type, boolean mayBlock) {
        return switch (type) {
            case FrontendMessage.QUERY -> query(mayBlock);
            case FrontendMessage.SYNC -> sync(mayBlock);
            case FrontendMessage.FUNCTION_CALL -> throw SqlException.notSupported("function call message");
            // What the client was still sending when its COPY failed.
            case FrontendMessage.COPY_DATA, FrontendMessage.COPY_DONE, FrontendMessage.COPY_FAIL -> Progress.DONE;
            default -> extended(type, mayBlock);
        };
    }

    private Progress extended(byte type, boolean mayBlock) {
        midBatch = true;
        return switch (type) {
            case FrontendMessage.PARSE -> parse(mayBlock);
            case FrontendMessage.BIND -> bind(mayBlock);
            case FrontendMessage.DESCRIBE -> describe(mayBlock);
            case FrontendMessage.EXECUTE -> execute(mayBlock);
            case FrontendMessage.CLOSE -> close();
            case FrontendMessage.FLUSH -> flush();
            default -> throw new IllegalStateException("message type " + type);
        };
    }

    private Progress query(boolean mayBlock) {
        String sql = body.readText();
        body.finish();
        inSession = true;
        Progress progress = session.query(sql, mayBlock);
        if (progress == Progress.DONE) {
            readyForQuery();
        }
        return progress;
    }

    private Progress parse(boolean mayBlock) {
        String statement = body.readText();
        String sql = body.readText();
        int count = body.readShort();
        if (body.remaining() < count * Integer.BYTES) {
            body.skip(count * Integer.BYTES);
        }
        int[] types = count == 0 ? NO_TYPES : new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = body.readInt();
        }
        body.finish();
        inSession = true;
        return session.parse(statement, sql, types, mayBlock);
    }

    private Progress bind(boolean mayBlock) {
        bind.read(body);
        inSession = true;
        Progress progress = session.bind(
                bind.portal(),
                bind.statement(),
                bind.formats(),
                bind.values(),
                bind.offsets(),
                bind.lengths(),
                bind.resultFormats(),
                mayBlock);
        bind.release();
        return progress;
    }

    private Progress describe(boolean mayBlock) {
        byte kind = body.readByte();
        String name = body.readText();
        body.finish();
        if (kind != 'S' && kind != 'P') {
            throw new SqlException(
                    SqlState.PROTOCOL_VIOLATION, "invalid DESCRIBE message subtype " + Byte.toUnsignedInt(kind));
        }
        inSession = true;
        return kind == 'S' ? session.describeStatement(name, mayBlock) : session.describePortal(name, mayBlock);
    }

    private Progress execute(boolean mayBlock) {
        String portal = body.readText();
        int maxRows = body.readInt();
        body.finish();
        inSession = true;
        return session.execute(portal, Math.max(0, maxRows), mayBlock);
    }

    private Progress close() {
        byte kind = body.readByte();
        String name = body.readText();
        body.finish();
        inSession = true;
        switch (kind) {
            case 'S' -> session.closeStatement(name);
            case 'P' -> session.closePortal(name);
            default -> {
                inSession = false;
                throw new SqlException(
                        SqlState.PROTOCOL_VIOLATION, "invalid CLOSE message subtype " + Byte.toUnsignedInt(kind));
            }
        }
        writer.closeComplete();
        return Progress.DONE;
    }

    private Progress flush() {
        body.finish();
        writer.makeDue();
        return Progress.DONE;
    }

    private Progress sync(boolean mayBlock) {
        skippingToSync = false;
        body.finish();
        inSession = true;
        Progress progress = session.sync(mayBlock);
        if (progress == Progress.DONE) {
            readyForQuery();
        }
        return progress;
    }

    private Step fail(byte type, SqlError error) {
        writer.abandonRow();
        SqlError reason = terminating;
        if (reason != null) {
            end(reason);
            return Step.CLOSE;
        }
        BackendMessage.errorOrNotice(writer.buffer(), error);
        if (copyFromClient.isSynchronizationLost()) {
            endForViolation("terminating connection because protocol synchronization was lost");
            return Step.CLOSE;
        }
        if (error.severity() == Severity.FATAL) {
            writer.makeDue();
            return Step.CLOSE;
        }
        if (type == FrontendMessage.QUERY || type == FrontendMessage.SYNC || type == FrontendMessage.FUNCTION_CALL) {
            readyForQuery();
        } else {
            skippingToSync = true;
        }
        return Step.DONE;
    }

    private void readyForQuery() {
        midBatch = false;
        BackendMessage.readyForQuery(
                writer.buffer(), session.transactionStatus().code());
        writer.makeDue();
    }

    private Outcome endForViolation(String message) {
        return end(SqlError.error(SqlState.PROTOCOL_VIOLATION, message).withSeverity(Severity.FATAL));
    }

    private Outcome end(SqlError fatal) {
        BackendMessage.errorOrNotice(writer.buffer(), fatal);
        writer.makeDue();
        return Outcome.CLOSE;
    }
}
