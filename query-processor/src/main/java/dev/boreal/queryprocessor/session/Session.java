package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.NormalizedStatement;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client's session: the protocol's view of it. What a statement does is with {@link Statements}; here is when
 * transactions begin and end around it, what happens after an error, and when a statement is run again.
 *
 * <p><b>Running again.</b> A transaction that is just one statement, or one simple-query string, and that conflicts, is
 * repeated from its beginning, as long as nothing of its answer has left the sink.
 */
final class Session implements SqlSession {
    private final Database database;
    private final SessionRequest request;
    private final int processId;
    private final int secretKey;
    private final Settings settings;
    private final SessionContext context;
    private final Transactions transactions;
    private final Statements statements;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private Map<String, String> toldParameters = Map.of();
    private long toldGeneration = -1;

    /** The settings' generation when the next transaction's own settings were made from their defaults. */
    private long defaultsGeneration = -1;

    private @Nullable ResultSink sink;
    private final Interruption interruption;
    private final SessionTimeouts timeouts;
    private final SessionActivity activity = new SessionActivity();
    private final SessionLocks locks;
    private final long openedAtMicros;
    private volatile @Nullable Terminator terminator;
    private volatile boolean running;

    /** What Sync repeats if its commit conflicts: the one Execute since the last Sync. */
    private @Nullable Portal repeatable;

    private int repeatableMaxRows;
    private long repeatableFrom;
    private int executions;

    Session(Database database, Settings settings, SessionRequest request, int processId, int secretKey) {
        this.database = database;
        this.settings = settings;
        this.request = request;
        this.processId = processId;
        this.secretKey = secretKey;
        interruption = new Interruption(database.clock(), database.timer());
        timeouts = new SessionTimeouts(settings, database.timer(), this::terminate);
        locks = new SessionLocks(database.locks(), this);
        context = new SessionContext(
                settings,
                database.clock(),
                database.startNanos(),
                database.sequences(),
                SystemCatalog.builtinNames(),
                request.user(),
                processId,
                this::notice,
                interruption,
                timeouts,
                activity,
                database.backends(),
                locks);
        openedAtMicros = context.clockTimestampMicros();
        transactions = new Transactions(database, settings, context, interruption);
        newTransactionDefaults();
        statements = new Statements(database, this);
    }

    private void newTransactionDefaults() {
        if (settings.generation() == defaultsGeneration) {
            return;
        }
        settings.force(
                "transaction_isolation", Transactions.inForce(settings.require("default_transaction_isolation")));
        settings.force("transaction_read_only", settings.require("default_transaction_read_only"));
        defaultsGeneration = settings.generation();
    }

    @Override
    public int processId() {
        return processId;
    }

    @Override
    public int secretKey() {
        return secretKey;
    }

    SessionRequest request() {
        return request;
    }

    Settings settings() {
        return settings;
    }

    SessionContext context() {
        return context;
    }

    Interruption interruption() {
        return interruption;
    }

    SessionActivity activity() {
        return activity;
    }

    SessionLocks locks() {
        return locks;
    }

    /** Microseconds since 2000-01-01 UTC. */
    long openedAtMicros() {
        return openedAtMicros;
    }

    Transactions transactions() {
        return transactions;
    }

    Map<String, PreparedStatement> prepared() {
        return prepared;
    }

    Map<String, Portal> portals() {
        return portals;
    }

    ResultSink sink() {
        ResultSink attached = sink;
        if (attached == null) {
            throw new IllegalStateException("no sink attached");
        }
        return attached;
    }

    private void notice(SqlError notice) {
        if (sink != null && notice.severity().ordinal() >= minimumSeverity()) {
            sink.notice(notice);
        }
    }

    private int minimumSeverity() {
        return switch (settings.require("client_min_messages")) {
            case "warning" -> SqlError.Severity.WARNING.ordinal();
            case "error" -> SqlError.Severity.ERROR.ordinal();
            case "notice" -> SqlError.Severity.INFO.ordinal();
            case "log" -> SqlError.Severity.LOG.ordinal();
            default -> SqlError.Severity.DEBUG.ordinal();
        };
    }

    @Override
    public Map<String, String> parameters() {
        toldParameters = settings.reported();
        toldGeneration = settings.generation();
        return new TreeMap<>(toldParameters);
    }

    /** Tells the client what changed among the parameters that it is told about. */
    private void tellParameters() {
        if (toldGeneration == settings.generation()) {
            return;
        }
        toldGeneration = settings.generation();
        Map<String, String> now = settings.reported();
        for (Map.Entry<String, String> entry : now.entrySet()) {
            if (!entry.getValue().equals(toldParameters.get(entry.getKey()))) {
                sink().parameterStatus(entry.getKey(), entry.getValue());
            }
        }
        toldParameters = now;
    }

    @Override
    public void attach(ResultSink attached) {
        sink = attached;
    }

    @Override
    public void attach(Terminator attached) {
        terminator = attached;
        timeouts.idle(false);
    }

    /** Ends the client's connection. Any thread. */
    void terminate(SqlError reason) {
        Terminator attached = terminator;
        if (attached != null) {
            attached.terminate(reason);
        }
    }

    // Calls -----------------------------------------------------------------------------------------------------

    /** A call begins, or the same one again that would have waited. */
    private void began() {
        if (!running) {
            interruption.reset();
            running = true;
            timeouts.busy();
        }
    }

    /** A call came to its end; the client gets ReadyForQuery next. */
    private void ready() {
        running = false;
        activity.rests(
                !transactions.inBlock()
                        ? SessionActivity.State.IDLE
                        : transactions.failed() ? SessionActivity.State.FAILED : SessionActivity.State.IN_TRANSACTION,
                context.clockTimestampMicros());
        timeouts.idle(transactions.inBlock());
    }

    // Simple query ----------------------------------------------------------------------------------------------

    @Override
    public Progress query(String sql, boolean mayBlock) {
        began();
        Progress progress = Progress.DONE;
        try {
            closePortal("");
            NormalizedStatement normalized = statements.normalize(sql);
            StatementTemplate template =
                    normalized == null ? null : database.plans().template(normalized);
            if (normalized != null && template != null) {
                progress = told(alone(() -> statements.simple(template, normalized, sql, mayBlock)));
                return progress;
            }
            List<ParsedStatement> parsed = database.plans().parse(sql);
            if (parsed.isEmpty()) {
                sink().emptyQueryResponse();
            } else if (parsed.size() > 1 && !mayBlock) {
                progress = Progress.WOULD_BLOCK;
            } else {
                progress = told(parsed.size() == 1 ? single(parsed.getFirst(), mayBlock) : several(parsed));
            }
            return progress;
        } catch (SqlException e) {
            failStatement();
            throw e;
        } finally {
            if (progress == Progress.DONE) {
                ready();
            }
        }
    }

    private Progress told(Progress progress) {
        if (progress == Progress.DONE) {
            tellParameters();
        }
        return progress;
    }

    private Progress single(ParsedStatement statement, boolean mayBlock) {
        return statement.statement() instanceof TransactionStatement
                ? statements.simple(statement, mayBlock)
                : alone(() -> statements.simple(statement, mayBlock));
    }

    /** Runs one statement; outside a transaction block it is a transaction, repeated if it conflicts. */
    private Progress alone(Call statement) {
        if (transactions.inBlock()) {
            return statement.run();
        }
        long from = sink().position();
        for (int attempt = 0; ; attempt++) {
            try {
                if (statement.run() == Progress.WOULD_BLOCK) {
                    return Progress.WOULD_BLOCK;
                }
                if (transactions.inBlock()) {
                    return Progress.DONE;
                }
                endImplicit();
                return Progress.DONE;
            } catch (SqlException e) {
                repeatOrThrow(e, attempt, from);
            }
        }
    }

    /** A string of several statements is one transaction, unless it says otherwise. */
    private Progress several(List<ParsedStatement> parsed) {
        long from = sink().position();
        boolean repeatable = parsed.stream().noneMatch(s -> s.statement() instanceof TransactionStatement)
                && !transactions.inBlock();
        for (int attempt = 0; ; attempt++) {
            try {
                for (ParsedStatement statement : parsed) {
                    statements.simple(statement, true);
                }
                if (!transactions.inBlock()) {
                    endImplicit();
                }
                return Progress.DONE;
            } catch (SqlException e) {
                if (!repeatable) {
                    throw e;
                }
                repeatOrThrow(e, attempt, from);
            }
        }
    }

    private void repeatOrThrow(SqlException e, int attempt, long from) {
        boolean conflict = e.error().sqlState().equals(SqlState.SERIALIZATION_FAILURE);
        boolean again = conflict
                && attempt < database.configuration().maxStatementRetries()
                && !context.interrupted()
                && !transactions.inBlock()
                && sink().rewind(from);
        rollbackImplicit();
        if (!again) {
            throw e;
        }
        transactions.conflictIsRetried();
    }

    private void endImplicit() {
        commitBlock();
    }

    private void rollbackImplicit() {
        if (!transactions.inBlock()) {
            releasePortals();
            transactions.rollback();
            newTransactionDefaults();
        }
    }

    private void failStatement() {
        if (transactions.inBlock()) {
            releasePortals();
            transactions.fail();
        } else {
            rollbackImplicit();
        }
    }

    // Ends of blocks, for Statements ----------------------------------------------------------------------------

    /** COMMIT: true if it committed, false if it had failed and was rolled back. */
    boolean commitBlock() {
        try {
            holdPortals();
        } catch (SqlException e) {
            rollbackBlock();
            throw e;
        }
        releasePortals();
        try {
            return transactions.commit();
        } finally {
            newTransactionDefaults();
        }
    }

    void rollbackBlock() {
        releasePortals();
        transactions.rollback();
        newTransactionDefaults();
    }

    // Extended query --------------------------------------------------------------------------------------------

    private interface Call {
        Progress run();
    }

    private Progress extended(Call call) {
        began();
        Progress progress = Progress.DONE;
        try {
            progress = call.run();
            return progress;
        } catch (SqlException e) {
            releasePortals();
            transactions.fail();
            throw e;
        } finally {
            running = progress == Progress.WOULD_BLOCK;
        }
    }

    @Override
    public Progress parse(String statement, String sql, int[] parameterTypes, boolean mayBlock) {
        return extended(() -> {
            if (!statement.isEmpty() && prepared.containsKey(statement)) {
                throw new SqlException(
                        SqlState.DUPLICATE_PREPARED_STATEMENT,
                        "prepared statement \"" + statement + "\" already exists");
            }
            PreparedStatement made = statements.prepare(statement, sql, parameterTypes, mayBlock);
            if (made == null) {
                return Progress.WOULD_BLOCK;
            }
            prepared.put(statement, made);
            sink().parseComplete();
            return Progress.DONE;
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
        return extended(() -> {
            PreparedStatement found = findPrepared(statement);
            if (!portal.isEmpty() && portals.containsKey(portal)) {
                throw new SqlException(SqlState.DUPLICATE_CURSOR, "portal \"" + portal + "\" already exists");
            }
            Portal made = statements.bind(
                    portal,
                    found,
                    new Statements.BoundValues(formats, buffer, offsets, lengths),
                    resultFormats,
                    mayBlock);
            if (made == null) {
                return Progress.WOULD_BLOCK;
            }
            closePortal(portal);
            portals.put(portal, made);
            sink().bindComplete();
            return Progress.DONE;
        });
    }

    private PreparedStatement findPrepared(String name) {
        PreparedStatement found = prepared.get(name);
        if (found == null) {
            throw new SqlException(
                    SqlState.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist");
        }
        return found;
    }

    @Override
    public Progress describeStatement(String statement, boolean mayBlock) {
        return extended(() -> statements.describe(findPrepared(statement), mayBlock));
    }

    @Override
    public Progress describePortal(String portal, boolean mayBlock) {
        return extended(() -> {
            statements.describe(findPortal(portal));
            return Progress.DONE;
        });
    }

    private Portal findPortal(String name) {
        Portal found = portals.get(name);
        if (found == null) {
            throw new SqlException(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return found;
    }

    @Override
    public Progress execute(String portal, int maxRows, boolean mayBlock) {
        return extended(() -> {
            Portal found = findPortal(portal);
            long from = sink().position();
            boolean implicit = !transactions.inBlock();
            Progress progress = statements.execute(found, maxRows, mayBlock);
            if (progress == Progress.DONE) {
                executions++;
                repeatable = implicit && executions == 1 && found.plan() != null ? found : null;
                repeatableMaxRows = maxRows;
                repeatableFrom = from;
            }
            return progress;
        });
    }

    @Override
    public void closeStatement(String statement) {
        prepared.remove(statement);
    }

    @Override
    public void closePortal(String portal) {
        Portal found = portals.remove(portal);
        if (found != null) {
            found.close();
        }
    }

    @Override
    public Progress sync(boolean mayBlock) {
        if (!mayBlock && !transactions.inBlock() && transactions.commitWaits()) {
            return Progress.WOULD_BLOCK;
        }
        Portal again = repeatable;
        repeatable = null;
        executions = 0;
        began();
        try {
            if (transactions.inBlock()) {
                tellParameters();
                return Progress.DONE;
            }
            for (int attempt = 0; ; attempt++) {
                try {
                    endImplicit(again);
                    tellParameters();
                    return Progress.DONE;
                } catch (SqlException e) {
                    if (again == null) {
                        rollbackImplicit();
                        throw e;
                    }
                    repeatOrThrow(e, attempt, repeatableFrom);
                    again.restart();
                    statements.execute(again, repeatableMaxRows, true);
                }
            }
        } catch (SqlException e) {
            rollbackImplicit();
            throw e;
        } finally {
            ready();
        }
    }

    /** Ends the implicit transaction; a portal that may be repeated stays usable if the commit conflicts. */
    private void endImplicit(@Nullable Portal again) {
        if (again != null) {
            again.close();
        }
        endImplicit();
    }

    // State -----------------------------------------------------------------------------------------------------

    /** Lets cursors WITH HOLD outlive the transaction. */
    private void holdPortals() {
        for (Portal portal : portals.values()) {
            if (portal.holdable() && !portal.held() && !transactions.failed()) {
                statements.hold(portal);
            }
        }
    }

    /** Ends every portal that does not outlive its transaction. */
    void releasePortals() {
        if (!portals.isEmpty()) {
            for (Portal portal : portals.values()) {
                if (!portal.held()) {
                    portal.close();
                }
            }
            portals.values().removeIf(portal -> !portal.held());
        }
    }

    void closeAllPortals() {
        for (Portal portal : portals.values()) {
            portal.close();
        }
        portals.clear();
    }

    @Override
    public TransactionStatus transactionStatus() {
        if (!transactions.inBlock()) {
            return TransactionStatus.IDLE;
        }
        return transactions.failed() ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
    }

    @Override
    public void failed() {
        failStatement();
    }

    @Override
    public void interrupt() {
        if (running) {
            interruption.request();
        }
    }

    @Override
    public void close() {
        timeouts.close();
        closeAllPortals();
        transactions.rollback();
        try {
            locks.unlockAll();
        } finally {
            database.closed(this);
        }
    }
}
