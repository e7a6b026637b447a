package dev.boreal.queryprocessor.function;

import dev.boreal.clock.Chance;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.type.TypeContext;
import org.jspecify.annotations.Nullable;

/** What a function may ask of the session that evaluates it. One thread. */
public interface EvaluationContext extends TypeContext {

    /** The catalog as the transaction sees it. */
    CatalogSnapshot catalog();

    /** The value of a setting, as SHOW prints it; null if there is no such setting. */
    @Nullable String setting(String name);

    /** {@code set_config}; a null value goes back to the default. */
    void changeSetting(String name, @Nullable String value, boolean local);

    String currentUser();

    String sessionUser();

    String currentDatabase();

    /** The schemas along which names are looked up; the first existing one is current_schema. */
    java.util.List<String> searchPath();

    int processId();

    /** Microseconds since 2000-01-01 UTC when the statement came in. */
    long statementTimestampMicros();

    /** Microseconds since 2000-01-01 UTC, now. */
    long clockTimestampMicros();

    /** Microseconds since 2000-01-01 UTC when the server started. */
    long serverStartMicros();

    /** The transaction's id, for txid_current and its kin. */
    long transactionId();

    /** The transaction's snapshot: nanoseconds since the Unix epoch. */
    long snapshotTimestamp();

    /** The session's random(), which setseed sets. */
    Chance chance();

    void seed(long seed);

    /** {@code nextval}: outside the transaction, never given out twice. */
    long nextValue(int sequenceOid);

    /** {@code currval}: 55000 if nextval was not called in this session. */
    long currentValue(int sequenceOid);

    /** {@code lastval}. */
    long lastValue();

    /** {@code setval}. */
    void setValue(int sequenceOid, long value, boolean called);

    /** Where a sequence stands. */
    SequencePosition position(int sequenceOid);

    /**
     * Where a sequence stands.
     *
     * @param lastValue what nextval gave last, or what it gives next if {@code called} is false
     * @param ahead how many further values this query processor has taken already
     */
    record SequencePosition(long lastValue, long ahead, boolean called) {}

    Backends backends();

    AdvisoryLocks advisoryLocks();

    /** Bytes that a relation's rows take in storage, about; for pg_relation_size and its kin. */
    long relationSizeBytes(int relationOid);

    /** Sends a notice to the client. */
    void notice(dev.boreal.contracts.sql.SqlError notice);

    /** Throws 57014 if the statement was cancelled: long loops ask now and then. */
    void checkCancelled();
}
