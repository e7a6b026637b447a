package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Chance;
import dev.boreal.clock.Clock;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogObjectNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import dev.boreal.queryprocessor.function.Backends;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import dev.boreal.queryprocessor.type.ObjectNames;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What expressions see of their session. One thread at a time. */
final class SessionContext implements EvaluationContext {
    static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;

    private final Settings settings;
    private final Clock clock;
    private final long serverStartNanos;
    private final SequenceValues sequences;
    private final ObjectNames builtins;
    private final String user;
    private final int processId;
    private final Owner owner;
    private final Interruption interruption;
    private final SessionTimeouts timeouts;
    private final SessionActivity activity;
    private final Backends backends;
    private final AdvisoryLocks locks;
    private final Map<Integer, Long> currentValues = new HashMap<>();
    private Chance chance;
    private @Nullable Long lastValue;
    private @Nullable BufferedTransaction transaction;
    private long transactionStart;
    private long statementStart;
    private long settingsGeneration = -1;
    private ZoneId zone = ZoneOffset.UTC;
    private DateStyle style = DateStyle.ISO;
    private DateOrder order = DateOrder.MDY;
    private IntervalStyle intervals = IntervalStyle.POSTGRES;
    private int floatDigits = 1;
    private boolean byteaHex = true;

    /** What functions of a statement ask of the session that runs it. */
    interface Owner {
        void notice(SqlError notice);

        /** As SET does; a null value goes back to the default. */
        void changeSetting(String name, @Nullable String value, boolean local);
    }

    SessionContext(
            Settings settings,
            Clock clock,
            long serverStartNanos,
            SequenceValues sequences,
            ObjectNames builtins,
            String user,
            int processId,
            Owner owner,
            Interruption interruption,
            SessionTimeouts timeouts,
            SessionActivity activity,
            Backends backends,
            AdvisoryLocks locks) {
        this.settings = settings;
        this.clock = clock;
        this.serverStartNanos = serverStartNanos;
        this.sequences = sequences;
        this.builtins = builtins;
        this.user = user;
        this.processId = processId;
        this.owner = owner;
        this.interruption = interruption;
        this.timeouts = timeouts;
        this.activity = activity;
        this.backends = backends;
        this.locks = locks;
        this.chance = new Chance(clock.latest() ^ ((long) processId << 32));
    }

    // Life of a statement ---------------------------------------------------------------------------------------

    void transactionBegan(BufferedTransaction began) {
        transaction = began;
    }

    void transactionEnded() {
        transaction = null;
        if (transactionStart != 0) {
            transactionStart = 0;
            activity.transaction(0);
            timeouts.transactionEnded();
        }
    }

    /** A statement came in; the first of a transaction sets {@code now()}. */
    void statementBegan() {
        statementStart = clockTimestampMicros();
        if (transactionStart == 0) {
            transactionStart = statementStart;
            activity.transaction(transactionStart);
            timeouts.transactionBegan();
        }
        interruption.limit(timeouts.statementMillis());
    }

    boolean interrupted() {
        return interruption.requested();
    }

    @Override
    public void checkCancelled() {
        interruption.check();
    }

    private BufferedTransaction transaction() {
        BufferedTransaction current = transaction;
        if (current == null) {
            throw new IllegalStateException("no transaction");
        }
        return current;
    }

    // Settings --------------------------------------------------------------------------------------------------

    private void refresh() {
        if (settingsGeneration == settings.generation()) {
            return;
        }
        settingsGeneration = settings.generation();
        ZoneId found = SettingValues.zone(settings.require("TimeZone"));
        zone = found == null ? ZoneOffset.UTC : found;
        String[] dateStyle = settings.require("DateStyle").split(", ");
        style = DateStyle.valueOf(dateStyle[0].toUpperCase(Locale.ROOT));
        order = DateOrder.valueOf(dateStyle[1]);
        intervals = IntervalStyle.valueOf(settings.require("IntervalStyle").toUpperCase(Locale.ROOT));
        floatDigits = (int) settings.number("extra_float_digits");
        byteaHex = settings.require("bytea_output").equals("hex");
    }

    @Override
    public ZoneId timeZone() {
        refresh();
        return zone;
    }

    @Override
    public String timeZoneName() {
        return settings.require("TimeZone");
    }

    @Override
    public DateStyle dateStyle() {
        refresh();
        return style;
    }

    @Override
    public DateOrder dateOrder() {
        refresh();
        return order;
    }

    @Override
    public IntervalStyle intervalStyle() {
        refresh();
        return intervals;
    }

    @Override
    public int extraFloatDigits() {
        refresh();
        return floatDigits;
    }

    @Override
    public boolean byteaHex() {
        refresh();
        return byteaHex;
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.shown(name);
    }

    @Override
    public void changeSetting(String name, @Nullable String value, boolean local) {
        owner.changeSetting(name, value, local);
    }

    // Names and people ------------------------------------------------------------------------------------------

    @Override
    public CatalogSnapshot catalog() {
        return transaction().catalog();
    }

    @Override
    public ObjectNames names() {
        return new CatalogObjectNames(catalog(), new CatalogNames(catalog(), searchPath()), builtins);
    }

    @Override
    public String currentUser() {
        String role = settings.require("role");
        return role.equals("none") ? user : role;
    }

    @Override
    public String sessionUser() {
        return user;
    }

    @Override
    public String currentDatabase() {
        return CatalogStore.DATABASE_NAME;
    }

    @Override
    public List<String> searchPath() {
        return SearchPath.resolve(settings.require("search_path"), currentUser(), catalog());
    }

    @Override
    public int processId() {
        return processId;
    }

    // Time ------------------------------------------------------------------------------------------------------

    @Override
    public long transactionTimestampMicros() {
        return transactionStart;
    }

    @Override
    public long statementTimestampMicros() {
        return statementStart;
    }

    @Override
    public long clockTimestampMicros() {
        return micros(clock.latest());
    }

    @Override
    public long serverStartMicros() {
        return micros(serverStartNanos);
    }

    private static long micros(long nanosSinceUnixEpoch) {
        return nanosSinceUnixEpoch / 1_000 - MICROS_1970_TO_2000;
    }

    @Override
    public long transactionId() {
        return transaction().id();
    }

    @Override
    public long snapshotTimestamp() {
        return transaction().snapshot();
    }

    @Override
    public Chance chance() {
        return chance;
    }

    @Override
    public void seed(long seed) {
        chance = new Chance(seed);
    }

    // Sequences -------------------------------------------------------------------------------------------------

    private Sequence sequence(int oid) {
        if (catalog().relation(oid) instanceof Sequence sequence) {
            return sequence;
        }
        String name = names().nameOf(ObjectNames.Kind.RELATION, oid);
        throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "\"" + (name == null ? oid : name) + "\" is not a sequence");
    }

    @Override
    public long nextValue(int sequenceOid) {
        long value = sequences.next(sequence(sequenceOid), transaction());
        currentValues.put(sequenceOid, value);
        lastValue = value;
        return value;
    }

    @Override
    public long currentValue(int sequenceOid) {
        Long value = currentValues.get(sequenceOid);
        if (value == null) {
            throw new SqlException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "currval of sequence \"" + sequence(sequenceOid).name() + "\" is not yet defined in this session");
        }
        return value;
    }

    @Override
    public long lastValue() {
        if (lastValue == null) {
            throw new SqlException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "lastval is not yet defined in this session");
        }
        return lastValue;
    }

    @Override
    public void setValue(int sequenceOid, long value, boolean called) {
        sequences.set(sequence(sequenceOid), value, called);
        if (called) {
            currentValues.put(sequenceOid, value);
        }
    }

    @Override
    public SequencePosition position(int sequenceOid) {
        return sequences.position(sequence(sequenceOid), transaction());
    }

    void discardSequences() {
        currentValues.clear();
        lastValue = null;
    }

    // Others ----------------------------------------------------------------------------------------------------

    @Override
    public Backends backends() {
        return backends;
    }

    @Override
    public AdvisoryLocks advisoryLocks() {
        return locks;
    }

    @Override
    public long relationSizeBytes(int relationOid) {
        return catalog().relation(relationOid) instanceof dev.boreal.queryprocessor.catalog.Table table
                        && table.statistics() != null
                ? table.statistics().bytes()
                : 0;
    }

    @Override
    public void notice(SqlError notice) {
        owner.notice(notice);
    }
}
