package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Clock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.function.Backends;
import dev.boreal.queryprocessor.transaction.AnsweringStorage;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A query processor: opens sessions, and holds what they share. It keeps nothing durable: any number of them may serve
 * one database.
 */
public final class Database implements SqlService, AutoCloseable {
    private static final int COUNT_BITS = 19;
    private static final int LARGEST_COUNT = (1 << COUNT_BITS) - 1;

    private final DatabaseConfiguration configuration;
    private final Storage storage;
    private final Adjudicator adjudicator;
    private final Clock clock;
    private final long startNanos;
    private final CatalogStore store;
    private final CatalogCache catalogs;
    private final TransactionIds transactionIds;
    private final IdentifierBlocks identifiers;
    private final SequenceValues sequences;
    private final PlanCache plans;
    private final SystemTimer timer = new SystemTimer("session timeouts");
    private final ConflictLog conflicts = new ConflictLog();
    private final LockTable locks;
    private final SecureRandom secrets = new SecureRandom();
    private final AtomicInteger processIds = new AtomicInteger();
    private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final SessionBackends backends = new SessionBackends(sessions);
    private volatile boolean closed;

    public Database(DatabaseConfiguration configuration, Storage storage, Adjudicator adjudicator, Clock clock) {
        this.configuration = configuration;
        this.storage = new AnsweringStorage(storage);
        this.adjudicator = adjudicator;
        this.clock = clock;
        startNanos = clock.latest();
        transactionIds = new TransactionIds(clock, configuration.processorId());
        SmallTransactions small =
                new SmallTransactions(() -> newTransaction(clock.latest(), false, false), adjudicator);
        locks = new LockTable(small, clock, timer, transactionIds.next());
        store = SystemCatalog.store(new SessionViews(sessions, conflicts, locks));
        catalogs = new CatalogCache(store, this.storage);
        identifiers = new IdentifierBlocks(small);
        sequences = new SequenceValues(small);
        plans = new PlanCache(configuration.cachedPlans());
    }

    DatabaseConfiguration configuration() {
        return configuration;
    }

    Storage storage() {
        return storage;
    }

    Clock clock() {
        return clock;
    }

    /** When it was opened: nanoseconds since the Unix epoch. */
    long startNanos() {
        return startNanos;
    }

    CatalogStore store() {
        return store;
    }

    CatalogCache catalogs() {
        return catalogs;
    }

    IdentifierBlocks identifiers() {
        return identifiers;
    }

    SequenceValues sequences() {
        return sequences;
    }

    PlanCache plans() {
        return plans;
    }

    Timer timer() {
        return timer;
    }

    ConflictLog conflicts() {
        return conflicts;
    }

    LockTable locks() {
        return locks;
    }

    Backends backends() {
        return backends;
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        secrets.nextBytes(bytes);
        return bytes;
    }

    /** A transaction as of a snapshot that storage has reached or will be waited for. */
    BufferedTransaction newTransaction(long snapshot, boolean readOnly, boolean serializable) {
        return new BufferedTransaction(
                transactionIds.next(),
                snapshot,
                readOnly,
                serializable,
                catalogs.at(snapshot),
                storage,
                configuration.transactionMemoryBytes(),
                configuration.spillDirectory());
    }

    /** Tells the adjudicator that somebody is about to read as of a snapshot. */
    void expectReads(long snapshot) {
        adjudicator.advance(snapshot);
    }

    /** Asks the adjudicator; the wait for its answer can be interrupted. */
    CommitOutcome commit(BufferedTransaction transaction, String session, Interruption interruption) {
        return transaction.commit(
                new InterruptibleAdjudicator(adjudicator, interruption), session, configuration.region());
    }

    // Sessions --------------------------------------------------------------------------------------------------

    private CatalogSnapshot currentCatalog() {
        return catalogs.at(clock.latest());
    }

    @Override
    public @Nullable Credential credential(String user) {
        Role role = currentCatalog().findRole(user);
        if (role == null) {
            return null;
        }
        return role.canLogin() ? role.credential() : new Credential.None();
    }

    @Override
    public SqlSession open(SessionRequest request) {
        if (closed) {
            throw fatal(SqlState.CANNOT_CONNECT_NOW, "the database system is shutting down");
        }
        if (sessions.size() >= configuration.maxSessions()) {
            throw fatal(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
        }
        Role role = currentCatalog().findRole(request.user());
        if (role == null) {
            throw fatal(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "role \"" + request.user() + "\" does not exist");
        }
        if (!role.canLogin()) {
            throw fatal(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "role \"" + request.user() + "\" is not permitted to log in");
        }
        if (!request.database().equals(CatalogStore.DATABASE_NAME)) {
            throw fatal(SqlState.INVALID_CATALOG_NAME, "database \"" + request.database() + "\" does not exist");
        }
        Settings settings = new Settings();
        settings.force("session_authorization", request.user());
        settings.force("is_superuser", role.superuser() ? "on" : "off");
        request.parameters().forEach((name, value) -> initialize(settings, name, value));
        int processId = nextProcessId();
        Session session = new Session(this, settings, request, processId, secrets.nextInt());
        sessions.put(processId, session);
        return session;
    }

    /** Unique among the sessions of all query processors: whose it is, and a count. */
    private int nextProcessId() {
        while (true) {
            int count = processIds.updateAndGet(last -> last == LARGEST_COUNT ? 1 : last + 1);
            int processId = configuration.processorId() << COUNT_BITS | count;
            if (!sessions.containsKey(processId)) {
                return processId;
            }
        }
    }

    private static void initialize(Settings settings, String name, String value) {
        try {
            settings.initialize(name, value);
        } catch (SqlException e) {
            throw new SqlException(e.error().withSeverity(SqlError.Severity.FATAL));
        }
    }

    private static SqlException fatal(String sqlState, String message) {
        return new SqlException(SqlError.error(sqlState, message).withSeverity(SqlError.Severity.FATAL));
    }

    void closed(Session session) {
        sessions.remove(session.processId());
    }

    @Override
    public void cancel(int processId, int secretKey) {
        Session session = sessions.get(processId);
        if (session != null && session.secretKey() == secretKey) {
            session.interrupt();
        }
    }

    /** Opens no further session; open ones are pgwire's to end. */
    @Override
    public void close() {
        closed = true;
        timer.close();
    }
}
