package dev.boreal.pgwire.scripted;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession.TransactionStatus;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tiny language: one word says what to do. BLOCK before a statement makes it one that may wait. */
final class Script {
    private static final FieldDescription NUMBER =
            new FieldDescription("number", 0, (short) 0, 23, (short) 4, -1, FieldDescription.TEXT);
    private static final FieldDescription BINARY_NUMBER =
            new FieldDescription("number", 0, (short) 0, 23, (short) 4, -1, FieldDescription.BINARY);
    private static final FieldDescription TEXT =
            new FieldDescription("text", 0, (short) 0, 25, (short) -1, -1, FieldDescription.TEXT);
    private static final List<FieldDescription> NUMBERS = List.of(NUMBER);
    private static final List<FieldDescription> BINARY_NUMBERS = List.of(BINARY_NUMBER);
    private static final List<FieldDescription> TEXTS = List.of(TEXT);
    private static final int MOST_ROWS = 200_000;
    private static final String LONG_TEXT = "0123456789abcdef".repeat(64);

    private final ResultSink sink;
    private final ScriptedSession session;

    Script(ResultSink sink, ScriptedSession session) {
        this.sink = sink;
        this.session = session;
    }

    ResultSink sink() {
        return sink;
    }

    void empty() {
        sink.emptyQueryResponse();
    }

    static boolean mayWait(String sql) {
        // Simple queries are looked at as a whole.
        return sql.contains("BLOCK") || sql.contains("COPYIN") || sql.contains("WAIT") || sql.contains("BIG");
    }

    /** Writes the RowDescription; false if there are no rows to describe. */
    boolean describe(String text, boolean binary) {
        String[] words = text.split(" ");
        switch (words[0]) {
            case "BLOCK" -> {
                return describe(text.substring(5).trim(), binary);
            }
            case "SELECT", "ROWS", "REWIND", "HALFROW" -> sink.rowDescription(binary ? BINARY_NUMBERS : NUMBERS);
            case "ECHO", "BIG" -> sink.rowDescription(TEXTS);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Runs one statement; returns how many of its rows have been sent so far. */
    int run(String text, byte @Nullable [] argument, int rowsSent, int maxRows, boolean binary) {
        String[] words = text.split(" ");
        switch (words[0]) {
            case "BLOCK" -> {
                return run(text.substring(5).trim(), argument, rowsSent, maxRows, binary);
            }
            case "SELECT" -> {
                number(integer(words, Long.MAX_VALUE), binary);
                sink.commandComplete("SELECT 1");
            }
            case "ROWS" -> {
                return rows((int) integer(words, MOST_ROWS), rowsSent, maxRows, binary);
            }
            case "ECHO" -> {
                sink.beginRow(1);
                if (argument == null) {
                    sink.nullField();
                } else {
                    sink.field(argument, 0, argument.length);
                }
                sink.endRow();
                sink.commandComplete("SELECT 1");
            }
            case "BIG" -> big((int) integer(words, MOST_ROWS));
            case "REWIND" -> {
                long mark = sink.position();
                number(1, binary);
                number(2, binary);
                if (!sink.rewind(mark)) {
                    throw new IllegalStateException("cannot rewind");
                }
                number(3, binary);
                sink.commandComplete("SELECT 1");
            }
            case "HALFROW" -> {
                number(1, binary);
                sink.beginRow(2);
                sink.textField("cut");
                throw new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
            }
            case "BEGIN" -> transaction(TransactionStatus.IN_TRANSACTION, "BEGIN");
            case "ROLLBACK" -> transaction(TransactionStatus.IDLE, "ROLLBACK");
            case "COMMIT" ->
                transaction(
                        TransactionStatus.IDLE,
                        session.transactionStatus() == TransactionStatus.FAILED ? "ROLLBACK" : "COMMIT");
            case "FAIL" ->
                throw new SqlException(SqlError.error(SqlState.UNIQUE_VIOLATION, "duplicate key")
                        .withDetail("Key (a)=(1) already exists.")
                        .withHint("Take another.")
                        .withPosition(8)
                        .withWhere("a script")
                        .at("public", "t")
                        .withColumn("a")
                        .withDataType("int4")
                        .withConstraint("t_pkey"));
            case "BUG" -> throw new IllegalStateException("a bug on purpose");
            case "DEEP" -> throw new StackOverflowError();
            case "FATAL" ->
                throw new SqlException(
                        SqlError.error(SqlState.INTERNAL_ERROR, "the end").withSeverity(SqlError.Severity.FATAL));
            case "WAIT" -> session.awaitInterruption();
            case "COUNT" -> {
                session.count();
                sink.commandComplete("COUNT");
            }
            case "COPYIN" -> copyIn();
            case "COPYOUT" -> copyOut((int) integer(words, MOST_ROWS));
            case "NOTICE" -> {
                sink.notice(SqlError.notice(text.substring(6).trim()));
                sink.commandComplete("NOTICE");
            }
            case "SET" -> {
                if (words.length == 3) {
                    sink.parameterStatus(words[1], words[2]);
                }
                sink.commandComplete("SET");
            }
            default -> throw new SqlException(SqlState.SYNTAX_ERROR, "syntax error at or near \"" + words[0] + "\"");
        }
        return rowsSent;
    }

    private static long integer(String[] words, long most) {
        try {
            return Math.min(most, Long.parseLong(words[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new SqlException(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bigint");
        }
    }

    private void transaction(TransactionStatus status, String tag) {
        session.status(status);
        sink.commandComplete(tag);
    }

    private void number(long value, boolean binary) {
        sink.beginRow(1);
        if (binary) {
            sink.beginField();
            sink.writeInt((int) value);
            sink.endField();
        } else {
            sink.decimalField(value);
        }
        sink.endRow();
    }

    private int rows(int count, int rowsSent, int maxRows, boolean binary) {
        int sent = rowsSent;
        int until = maxRows == 0 ? count : Math.min(count, rowsSent + maxRows);
        while (sent < until) {
            number(++sent, binary);
        }
        if (maxRows > 0 && sent - rowsSent == maxRows) {
            sink.portalSuspended();
        } else {
            sink.commandComplete("SELECT " + (sent - rowsSent));
        }
        return sent;
    }

    private void big(int count) {
        for (int i = 0; i < count; i++) {
            sink.beginRow(1);
            sink.textField(LONG_TEXT);
            sink.endRow();
        }
        sink.commandComplete("SELECT " + count);
    }

    private void copyIn() {
        ResultSink.CopyIn client = sink.copyIn(false, new short[] {0});
        int bytes = 0;
        int pieces = 0;
        for (byte[] piece = client.next(); piece != null; piece = client.next()) {
            if (ScriptedSession.text(piece).startsWith("bad")) {
                throw new SqlException(SqlState.BAD_COPY_FILE_FORMAT, "bad data");
            }
            bytes += piece.length;
            pieces++;
        }
        sink.commandComplete("COPY " + pieces + " " + bytes);
    }

    private void copyOut(int lines) {
        sink.copyOut(false, new short[] {0});
        byte[] line = "line\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < lines; i++) {
            sink.copyData(line, 0, line.length);
        }
        sink.copyDone();
        sink.commandComplete("COPY " + lines);
    }
}
