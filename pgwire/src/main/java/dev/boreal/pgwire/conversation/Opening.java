package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlError.Severity;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.authentication.ScramExchange;
import dev.boreal.pgwire.message.BackendMessage;
import dev.boreal.pgwire.message.FrontendMessage;
import dev.boreal.pgwire.message.InputBuffer;
import dev.boreal.pgwire.message.MessageBody;
import dev.boreal.pgwire.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the first byte to the first ReadyForQuery. Whatever goes wrong here is FATAL. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** As PostgreSQL limits SASL messages. */
    private static final int LONGEST_SASL_MESSAGE = 1024;

    private static final int TLS_HANDSHAKE_RECORD = 0x16;
    private static final int LENGTH_BYTES = Integer.BYTES;

    private enum Stage {
        PACKET,
        CANCEL,
        CREDENTIAL,
        SASL_FIRST,
        SASL_LAST,
        SESSION
    }

    private final SqlService service;
    private final Terms terms;
    private final String clientAddress;
    private final int clientPort;
    private final ResultWriter writer;
    private final InputBuffer input;
    private final MessageBody body;

    private Stage stage = Stage.PACKET;
    private boolean firstPacket = true;
    private boolean tlsAsked;
    private boolean gssAsked;
    private boolean admitted;
    private StartupPacket.@Nullable CancelRequest cancelRequest;
    private StartupPacket.@Nullable SessionStart start;
    private @Nullable ScramExchange scram;
    private @Nullable SqlSession session;

    Opening(
            SqlService service,
            Terms terms,
            String clientAddress,
            int clientPort,
            ResultWriter writer,
            InputBuffer input,
            MessageBody body) {
        this.service = service;
        this.terms = terms;
        this.clientAddress = clientAddress;
        this.clientPort = clientPort;
        this.writer = writer;
        this.input = input;
        this.body = body;
    }

    /** The session as soon as there is one, even if the client has not been told yet. */
    @Nullable SqlSession session() {
        return session;
    }

    /** Whether a place was taken that has to be given back. */
    boolean isAdmitted() {
        return admitted;
    }

    /** The wire is encrypted from now on. */
    void encrypted() {
        tlsAsked = true;
        gssAsked = true;
    }

    /** @return null once the session is open and the client knows */
    @Nullable Outcome advance(boolean mayBlock) {
        writer.mayBlock(mayBlock);
        try {
            for (; ; ) {
                Outcome outcome = switch (stage) {
                    case PACKET -> packet();
                    case CANCEL -> mayBlock ? cancel() : Outcome.WOULD_BLOCK;
                    case CREDENTIAL -> mayBlock ? offerScram() : Outcome.WOULD_BLOCK;
                    case SASL_FIRST, SASL_LAST -> saslMessage();
                    case SESSION -> {
                        if (!mayBlock) {
                            yield Outcome.WOULD_BLOCK;
                        }
                        openSession();
                        yield null;
                    }
                };
                if (outcome != null || session != null) {
                    return outcome;
                }
            }
        } catch (SqlException e) {
            return fail(e.error());
        } catch (Throwable e) {
            LOG.error("bug met while opening a session", e);
            return fail(SqlError.error(SqlState.INTERNAL_ERROR, "internal error: " + e));
        }
    }

    private @Nullable Outcome packet() {
        ByteBuf bytes = input.bytes();
        int start = bytes.readerIndex();
        if (firstPacket && bytes.isReadable() && bytes.getByte(start) == TLS_HANDSHAKE_RECORD && !tlsAsked) {
            tlsAsked = true;
            return terms.tlsOffered() ? Outcome.START_DIRECT_TLS : Outcome.CLOSE;
        }
        if (bytes.readableBytes() < LENGTH_BYTES) {
            return Outcome.NEEDS_INPUT;
        }
        int length = bytes.getInt(start);
        if (length < 2 * LENGTH_BYTES || length > StartupPacket.LONGEST + LENGTH_BYTES) {
            throw violation("invalid length of startup packet");
        }
        if (bytes.readableBytes() < length) {
            return Outcome.NEEDS_INPUT;
        }
        firstPacket = false;
        body.open(bytes, start + LENGTH_BYTES, start + length);
        bytes.readerIndex(start + length);
        return switch (StartupPacket.read(body)) {
            case StartupPacket.TlsRequest request -> tls(bytes);
            case StartupPacket.GssRequest request -> gss();
            case StartupPacket.CancelRequest request -> {
                cancelRequest = request;
                stage = Stage.CANCEL;
                yield null;
            }
            case StartupPacket.SessionStart request -> {
                start(request);
                yield null;
            }
        };
    }

    private @Nullable Outcome tls(ByteBuf bytes) {
        if (tlsAsked) {
            throw violation("a second request for TLS");
        }
        tlsAsked = true;
        if (!terms.tlsOffered()) {
            writer.buffer().writeByte('N');
            writer.makeDue();
            return null;
        }
        if (bytes.isReadable()) {
            throw violation("received unencrypted data after SSL request");
        }
        writer.buffer().writeByte('S');
        writer.makeDue();
        return Outcome.START_TLS;
    }

    private @Nullable Outcome gss() {
        if (gssAsked) {
            throw violation("a second request for GSSAPI encryption");
        }
        gssAsked = true;
        writer.buffer().writeByte('N');
        writer.makeDue();
        return null;
    }

    private Outcome cancel() {
        if (cancelRequest != null) {
            service.cancel(cancelRequest.processId(), cancelRequest.secretKey());
        }
        return Outcome.CLOSE;
    }

    private void start(StartupPacket.SessionStart request) {
        start = request;
        if (!terms.admission().enter()) {
            throw new SqlException(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
        }
        admitted = true;
        if (request.negotiation().needed()) {
            BackendMessage.negotiateProtocolVersion(
                    writer.buffer(),
                    request.negotiation().version(),
                    request.negotiation().unknownOptions());
        }
        if (terms.authentication() != AuthenticationMethod.SCRAM_SHA_256) {
            BackendMessage.authenticationOk(writer.buffer());
            stage = Stage.SESSION;
        } else {
            stage = Stage.CREDENTIAL;
        }
    }

    private @Nullable Outcome offerScram() {
        String user = started().user();
        scram = terms.scram().exchange(user, service.credential(user));
        BackendMessage.authenticationSasl(writer.buffer(), ScramExchange.MECHANISM);
        writer.makeDue();
        stage = Stage.SASL_FIRST;
        return null;
    }

    private @Nullable Outcome saslMessage() {
        ByteBuf bytes = input.bytes();
        int start = bytes.readerIndex();
        if (!bytes.isReadable()) {
            return Outcome.NEEDS_INPUT;
        }
        if (bytes.getByte(start) != FrontendMessage.PASSWORD) {
            throw violation("expected SASL response, got message type " + Byte.toUnsignedInt(bytes.getByte(start)));
        }
        if (bytes.readableBytes() < FrontendMessage.HEADER_BYTES) {
            return Outcome.NEEDS_INPUT;
        }
        int length = bytes.getInt(start + 1);
        if (length < LENGTH_BYTES || length > LONGEST_SASL_MESSAGE) {
            throw violation("invalid message length");
        }
        if (bytes.readableBytes() <= length) {
            return Outcome.NEEDS_INPUT;
        }
        body.open(bytes, start + FrontendMessage.HEADER_BYTES, start + 1 + length);
        bytes.readerIndex(start + 1 + length);
        ScramExchange exchange = scram;
        if (exchange == null) {
            throw new IllegalStateException("no SCRAM exchange");
        }
        if (stage == Stage.SASL_FIRST) {
            saslFirst(exchange);
        } else {
            saslLast(exchange);
        }
        return null;
    }

    private void saslFirst(ScramExchange exchange) {
        if (!body.readText().equals(ScramExchange.MECHANISM)) {
            throw violation("client selected an invalid SASL authentication mechanism");
        }
        int length = body.readInt();
        if (length == -1) {
            throw violation("a SCRAM exchange begins with data from the client");
        }
        if (length != body.remaining()) {
            throw violation("invalid message format");
        }
        BackendMessage.authenticationSaslContinue(writer.buffer(), exchange.first(rest()));
        writer.makeDue();
        stage = Stage.SASL_LAST;
    }

    private void saslLast(ScramExchange exchange) {
        String proof = exchange.last(rest());
        if (proof == null) {
            throw new SqlException(
                    SqlState.INVALID_PASSWORD,
                    "password authentication failed for user \"" + started().user() + "\"");
        }
        BackendMessage.authenticationSaslFinal(writer.buffer(), proof);
        BackendMessage.authenticationOk(writer.buffer());
        stage = Stage.SESSION;
    }

    /** SCRAM's messages are signed as bytes, which Latin-1 keeps one by one; what is not ASCII cannot match. */
    private String rest() {
        return new String(body.readRest(), StandardCharsets.ISO_8859_1);
    }

    private void openSession() {
        StartupPacket.SessionStart request = started();
        SqlSession opened = service.open(new SessionRequest(
                request.user(), request.database(), request.parameters(), clientAddress, clientPort));
        session = opened;
        opened.attach(writer);
        for (Map.Entry<String, String> parameter : opened.parameters().entrySet()) {
            writer.parameterStatus(parameter.getKey(), parameter.getValue());
        }
        BackendMessage.backendKeyData(writer.buffer(), opened.processId(), opened.secretKey());
        BackendMessage.readyForQuery(writer.buffer(), opened.transactionStatus().code());
        writer.makeDue();
    }

    private StartupPacket.SessionStart started() {
        if (start == null) {
            throw new IllegalStateException("no startup packet");
        }
        return start;
    }

    private Outcome fail(SqlError error) {
        BackendMessage.errorOrNotice(writer.buffer(), error.withSeverity(Severity.FATAL));
        writer.makeDue();
        return Outcome.CLOSE;
    }

    private static SqlException violation(String message) {
        return new SqlException(SqlState.PROTOCOL_VIOLATION, message);
    }
}
