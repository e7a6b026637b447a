package dev.boreal.pgwire.scripted;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs what {@link Script} understands; checks that it is called by one thread at a time. */
final class ScriptedSession implements SqlSession {
    private record Statement(String text, int[] types) {}

    private static final class Portal {
        final String text;
        final byte @Nullable [] argument;
        final boolean binary;
        int rowsSent;

        Portal(String text, byte @Nullable [] argument, boolean binary) {
            this.text = text;
            this.argument = argument;
            this.binary = binary;
        }
    }

    private final int processId;
    private final int secretKey;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final IntConsumer onClose;
    private final AtomicInteger counted;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Object interruption = new Object();

    private TransactionStatus status = TransactionStatus.IDLE;
    private boolean interrupted;
    private @Nullable Script script;

    ScriptedSession(
            int processId, int secretKey, Map<String, String> requested, IntConsumer onClose, AtomicInteger counted) {
        this.counted = counted;
        this.processId = processId;
        this.secretKey = secretKey;
        this.onClose = onClose;
        parameters.put("client_encoding", "UTF8");
        parameters.put("server_version", "15.0");
        requested.forEach((name, value) -> {
            if (name.equals("search_path")) {
                parameters.put(name, value);
            }
        });
    }

    @Override
    public int processId() {
        return processId;
    }

    @Override
    public int secretKey() {
        return secretKey;
    }

    @Override
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public void attach(ResultSink newSink) {
        script = new Script(newSink, this);
    }

    private Script script() {
        if (script == null) {
            throw new IllegalStateException("no sink");
        }
        return script;
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("two calls at once");
        }
    }

    @Override
    public Progress query(String sql, boolean mayBlock) {
        enter();
        try {
            if (!mayBlock && Script.mayWait(sql)) {
                return Progress.WOULD_BLOCK;
            }
            if (sql.isBlank()) {
                script().empty();
                return Progress.DONE;
            }
            for (String text : sql.split(";")) {
                if (!text.isBlank()) {
                    refuseIfFailed(text.trim());
                    script().describe(text.trim(), false);
                    script().run(text.trim(), null, 0, 0, false);
                }
            }
            return Progress.DONE;
        } catch (Throwable e) {
            failed();
            throw e;
        } finally {
            busy.set(false);
        }
    }

    @Override
    public Progress parse(String statement, String sql, int[] parameterTypes, boolean mayBlock) {
        return guarded(() -> {
            refuseIfFailed(sql);
            if (sql.startsWith("SYNTAX")) {
                throw new SqlException(SqlState.SYNTAX_ERROR, "syntax error at or near \"SYNTAX\"");
            }
            statements.put(statement, new Statement(sql.trim(), parameterTypes));
            script().sink().parseComplete();
        });
    }

    @Override
    public Progress bind(
            String portal,
            String statement,
            short[] formats,
            byte[] buffer,
            int[] offsets,
            int[] lengths,
            short[] resultFormats,
            boolean mayBlock) {
        return guarded(() -> {
            Statement found = statement(statement);
            byte[] argument = lengths.length == 0 || lengths[0] < 0
                    ? null
                    : Arrays.copyOfRange(buffer, offsets[0], offsets[0] + lengths[0]);
            boolean binary = resultFormats.length > 0 && resultFormats[0] == 1;
            portals.put(portal, new Portal(found.text, argument, binary));
            script().sink().bindComplete();
        });
    }

    @Override
    public Progress describeStatement(String statement, boolean mayBlock) {
        return guarded(() -> {
            Statement found = statement(statement);
            int[] types = found.types.length == 0 && found.text.contains("$1") ? new int[] {25} : found.types;
            script().sink().parameterDescription(types);
            if (!script().describe(found.text, false)) {
                script().sink().noData();
            }
        });
    }

    @Override
    public Progress describePortal(String portal, boolean mayBlock) {
        return guarded(() -> {
            Portal found = portal(portal);
            if (!script().describe(found.text, found.binary)) {
                script().sink().noData();
            }
        });
    }

    @Override
    public Progress execute(String portal, int maxRows, boolean mayBlock) {
        Portal waiting = portals.get(portal);
        if (!mayBlock && waiting != null && Script.mayWait(waiting.text)) {
            return Progress.WOULD_BLOCK;
        }
        return guarded(() -> {
            Portal found = portal(portal);
            refuseIfFailed(found.text);
            if (found.text.isBlank()) {
                script().empty();
            } else {
                found.rowsSent = script().run(found.text, found.argument, found.rowsSent, maxRows, found.binary);
            }
        });
    }

    private Progress guarded(Runnable call) {
        enter();
        try {
            call.run();
            return Progress.DONE;
        } catch (Throwable e) {
            failed();
            throw e;
        } finally {
            busy.set(false);
        }
    }

    private Statement statement(String name) {
        Statement found = statements.get(name);
        if (found == null) {
            throw new SqlException(
                    SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement \"" + name + "\" does not exist");
        }
        return found;
    }

    private Portal portal(String name) {
        Portal found = portals.get(name);
        if (found == null) {
            throw new SqlException(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return found;
    }

    private void refuseIfFailed(String text) {
        if (status == TransactionStatus.FAILED && !text.equals("ROLLBACK") && !text.equals("COMMIT")) {
            throw new SqlException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction block");
        }
    }

    @Override
    public void closeStatement(String statement) {
        statements.remove(statement);
    }

    @Override
    public void closePortal(String portal) {
        portals.remove(portal);
    }

    @Override
    public Progress sync(boolean mayBlock) {
        return guarded(() -> {
            if (status == TransactionStatus.IDLE) {
                portals.clear();
            }
        });
    }

    void status(TransactionStatus newStatus) {
        status = newStatus;
    }

    @Override
    public TransactionStatus transactionStatus() {
        return status;
    }

    @Override
    public void failed() {
        if (status == TransactionStatus.IN_TRANSACTION) {
            status = TransactionStatus.FAILED;
        }
    }

    @Override
    public void interrupt() {
        synchronized (interruption) {
            interrupted = true;
            interruption.notifyAll();
        }
    }

    void count() {
        counted.incrementAndGet();
    }

    /** Waits until somebody cancels. */
    void awaitInterruption() {
        synchronized (interruption) {
            try {
                while (!interrupted) {
                    interruption.wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            interrupted = false;
        }
        throw new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }

    @Override
    public void close() {
        enter();
        onClose.accept(processId);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
