package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's session: who it is, what it was told, when it is busy, and the doors of its two protocols, {@link
 * SimpleQuery} and {@link ExtendedQuery}. What a statement does is with {@link Statements}, how transactions end with
 * {@link TransactionBoundaries}.
 */
final class Session implements SqlSession, SessionContext.Owner, LockTable.Holder {
    private final Database database;
    private final SessionRequest request;
    private final int processId;
    private final int secretKey;
    private final Settings settings;
    private final SessionContext context;
    private final Transactions transactions;
    private final TransactionBoundaries boundaries;
    private final SettingCommands settingCommands;
    private final CommandTags tags;
    private final SimpleQuery simple;
    private final ExtendedQuery extended;
    private final PreparedStatements prepared = new PreparedStatements();
    private final Portals portals = new Portals();
    private final ReportedParameters reported;
    private @Nullable ResultSink sink;
    private final Interruption interruption;
    private final SessionTimeouts timeouts;
    private final SessionActivity activity = new SessionActivity();
    private final SessionLocks locks;
    private final long openedAtMicros;
    private volatile @Nullable Terminator terminator;
    private volatile boolean running;

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
                this,
                interruption,
                timeouts,
                activity,
                database.backends(),
                locks);
        openedAtMicros = context.clockTimestampMicros();
        tags = new CommandTags(tag -> sink().commandComplete(tag));
        transactions = new Transactions(database, settings, context, interruption);
        Statements statements = new Statements(database, this);
        boundaries = new TransactionBoundaries(
                transactions,
                portals,
                settings,
                context,
                database.configuration().maxStatementRetries(),
                statements::hold);
        settingCommands = statements.settings();
        simple = new SimpleQuery(database, this, statements);
        extended = new ExtendedQuery(database, this, statements);
        reported = new ReportedParameters(settings);
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

    CommandTags tags() {
        return tags;
    }

    TransactionBoundaries boundaries() {
        return boundaries;
    }

    PreparedStatements prepared() {
        return prepared;
    }

    Portals portals() {
        return portals;
    }

    ResultSink sink() {
        ResultSink attached = sink;
        if (attached == null) {
            throw new IllegalStateException("no sink attached");
        }
        return attached;
    }

    @Override
    public void notice(SqlError notice) {
        if (sink != null && notice.severity().ordinal() >= minimumSeverity()) {
            sink.notice(notice);
        }
    }

    @Override
    public void changeSetting(String name, @Nullable String value, boolean local) {
        settingCommands.change(name, value, local);
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
        return reported.all();
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

    @Override
    public void terminate(SqlError reason) {
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
            progress = simple.run(sql, mayBlock);
            if (progress == Progress.DONE) {
                reported.tell(sink());
            }
            return progress;
        } catch (SqlException e) {
            boundaries.simpleQueryFailed();
            throw e;
        } finally {
            if (progress == Progress.DONE) {
                ready();
            }
        }
    }

    // Extended query --------------------------------------------------------------------------------------------

    private interface Call {
        Progress run();
    }

    /** Runs a message of the extended protocol; its failure lasts until Sync. */
    private Progress step(Call call) {
        began();
        Progress progress = Progress.DONE;
        try {
            progress = call.run();
            return progress;
        } catch (SqlException e) {
            boundaries.extendedQueryFailed();
            throw e;
        } finally {
            running = progress == Progress.WOULD_BLOCK;
        }
    }

    @Override
    public Progress parse(String statement, String sql, int[] parameterTypes, boolean mayBlock) {
        return step(() -> extended.parse(statement, sql, parameterTypes, mayBlock));
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
        return step(() -> extended.bind(
                portal,
                statement,
                new ExtendedQuery.BoundValues(formats, buffer, offsets, lengths),
                resultFormats,
                mayBlock));
    }

    @Override
    public Progress describeStatement(String statement, boolean mayBlock) {
        return step(() -> extended.describeStatement(statement, mayBlock));
    }

    @Override
    public Progress describePortal(String portal, boolean mayBlock) {
        return step(() -> {
            extended.describePortal(portal);
            return Progress.DONE;
        });
    }

    @Override
    public Progress execute(String portal, int maxRows, boolean mayBlock) {
        return step(() -> extended.execute(portal, maxRows, mayBlock));
    }

    @Override
    public void closeStatement(String statement) {
        prepared.remove(statement);
    }

    @Override
    public void closePortal(String portal) {
        portals.close(portal);
    }

    @Override
    public Progress sync(boolean mayBlock) {
        if (!mayBlock && extended.syncWaits()) {
            return Progress.WOULD_BLOCK;
        }
        began();
        try {
            extended.sync();
            reported.tell(sink());
            return Progress.DONE;
        } catch (SqlException e) {
            boundaries.rollbackImplicit();
            throw e;
        } finally {
            ready();
        }
    }

    // State -----------------------------------------------------------------------------------------------------

    @Override
    public TransactionStatus transactionStatus() {
        if (!transactions.inBlock()) {
            return TransactionStatus.IDLE;
        }
        return transactions.failed() ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
    }

    @Override
    public void failed() {
        boundaries.simpleQueryFailed();
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
        portals.closeAll();
        transactions.rollback();
        try {
            locks.unlockAll();
        } finally {
            database.closed(this);
        }
    }
}
