package dev.boreal.launcher.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL client that hides nothing: it tells the answers as they came, types, tags and error fields included. */
public final class WireClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private char status = 'I';

    /** A column as RowDescription names it. */
    public record Field(String name, int typeOid, int typeModifier) {}

    /** The answer to one statement: a result, a tag, or an error. */
    public static final class Answer {
        public @Nullable List<Field> fields;
        public final List<List<@Nullable String>> rows = new ArrayList<>();
        public String tag = "";
        /** Error fields by their code letter; empty if there was none. */
        public final Map<Character, String> error = new TreeMap<>();

        public String sqlState() {
            return error.getOrDefault('C', "");
        }

        boolean isBlank() {
            return fields == null && tag.isEmpty() && error.isEmpty();
        }
    }

    public WireClient(int port, String user, String database) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream startup = new DataOutputStream(body);
        startup.writeInt(PROTOCOL_3_0);
        for (String word : new String[] {"user", user, "database", database, "client_encoding", "UTF8"}) {
            text(startup, word);
        }
        startup.writeByte(0);
        out.writeInt(body.size() + 4);
        out.write(body.toByteArray());
        out.flush();
        List<Answer> answers = answers(false);
        if (!answers.isEmpty()) {
            throw new IOException("cannot connect: " + answers.getFirst().error);
        }
    }

    /** What ReadyForQuery told last: I, T or E. */
    public char status() {
        return status;
    }

    /** Runs a string by the simple protocol; one answer per statement that answered. */
    public List<Answer> simple(String sql) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(new DataOutputStream(body), sql);
        message('Q', body);
        out.flush();
        return answers(false);
    }

    /** Runs one statement by Parse, Bind, Describe, Execute, Sync, in text format. */
    public Answer extended(String sql) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        text(data, "");
        text(data, sql);
        data.writeShort(0);
        message('P', body);
        body.reset();
        text(data, "");
        text(data, "");
        data.writeShort(0);
        data.writeShort(0);
        data.writeShort(0);
        message('B', body);
        body.reset();
        data.writeByte('P');
        text(data, "");
        message('D', body);
        body.reset();
        text(data, "");
        data.writeInt(0);
        message('E', body);
        body.reset();
        message('S', body);
        out.flush();
        List<Answer> answers = answers(true);
        return answers.isEmpty() ? new Answer() : answers.getFirst();
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        data.write(text.getBytes(StandardCharsets.UTF_8));
        data.writeByte(0);
    }

    private void message(char kind, ByteArrayOutputStream body) throws IOException {
        out.writeByte(kind);
        out.writeInt(body.size() + 4);
        out.write(body.toByteArray());
    }

    /** @param extended whether a Sync was sent ahead, which a COPY takes away: data are no place for it */
    private List<Answer> answers(boolean extended) throws IOException {
        List<Answer> answers = new ArrayList<>();
        Answer answer = new Answer();
        while (true) {
            int kind = in.read();
            if (kind < 0) {
                if (!answers.isEmpty()) {
                    return answers;
                }
                throw new EOFException("the server hung up");
            }
            ByteBuffer body = ByteBuffer.wrap(in.readNBytes(in.readInt() - 4));
            switch (kind) {
                case 'T' -> answer.fields = fields(body);
                case 'D' -> answer.rows.add(row(body));
                case 'C' -> {
                    answer.tag = string(body);
                    answers.add(answer);
                    answer = new Answer();
                }
                case 'I' -> {
                    answer.tag = "(empty)";
                    answers.add(answer);
                    answer = new Answer();
                }
                case 'E' -> {
                    fillError(body, answer.error);
                    answers.add(answer);
                    answer = new Answer();
                }
                case 'G' -> {
                    message('f', cancelledCopy());
                    if (extended) {
                        message('S', new ByteArrayOutputStream());
                    }
                    out.flush();
                }
                case 'H' -> answer.fields = List.of(new Field("copy", 0, 0));
                case 'd' ->
                    answer.rows.add(List.of(StandardCharsets.UTF_8.decode(body).toString()));
                case 'R' -> {
                    if (body.getInt() != 0) {
                        throw new IOException("the server wants a password");
                    }
                }
                case 'Z' -> {
                    status = (char) body.get();
                    if (!answer.isBlank()) {
                        answers.add(answer);
                    }
                    return answers;
                }
                default -> {
                    // ParameterStatus, BackendKeyData, notices, ParseComplete, BindComplete, NoData, CopyDone
                }
            }
        }
    }

    private static ByteArrayOutputStream cancelledCopy() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(new DataOutputStream(body), "no data");
        return body;
    }

    private static List<Field> fields(ByteBuffer body) {
        List<Field> fields = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            String name = string(body);
            body.getInt();
            body.getShort();
            int oid = body.getInt();
            body.getShort();
            int modifier = body.getInt();
            body.getShort();
            fields.add(new Field(name, oid, modifier));
        }
        return fields;
    }

    private static List<@Nullable String> row(ByteBuffer body) {
        List<@Nullable String> row = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            int length = body.getInt();
            if (length < 0) {
                row.add(null);
            } else {
                byte[] bytes = new byte[length];
                body.get(bytes);
                row.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return row;
    }

    private static void fillError(ByteBuffer body, Map<Character, String> fields) {
        for (byte code = body.get(); code != 0; code = body.get()) {
            fields.put((char) code, string(body));
        }
    }

    private static String string(ByteBuffer body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte next = body.get(); next != 0; next = body.get()) {
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
