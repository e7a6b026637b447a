package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import dev.boreal.queryprocessor.function.Backends;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.InitialSettings;
import dev.boreal.queryprocessor.type.ObjectNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What immutable functions are folded with: whoever asks it for anything of a session was not immutable, and is told so by
 * {@link Unknowable}.
 */
public enum FoldingContext implements EvaluationContext, InitialSettings {
    INSTANCE;

    /** Thrown when the answer depends on the session. */
    static final class Unknowable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unknowable() {
            super("depends on the session", null, false, false);
        }
    }

    @Override
    public int extraFloatDigits() {
        throw new Unknowable();
    }

    @Override
    public boolean byteaHex() {
        throw new Unknowable();
    }

    @Override
    public long transactionTimestampMicros() {
        throw new Unknowable();
    }

    @Override
    public ObjectNames names() {
        throw new Unknowable();
    }

    @Override
    public CatalogSnapshot catalog() {
        throw new Unknowable();
    }

    @Override
    public @Nullable String setting(String name) {
        throw new Unknowable();
    }

    @Override
    public void changeSetting(String name, @Nullable String value, boolean local) {
        throw new Unknowable();
    }

    @Override
    public String currentUser() {
        throw new Unknowable();
    }

    @Override
    public String sessionUser() {
        throw new Unknowable();
    }

    @Override
    public String currentDatabase() {
        throw new Unknowable();
    }

    @Override
    public List<String> searchPath() {
        throw new Unknowable();
    }

    @Override
    public int processId() {
        throw new Unknowable();
    }

    @Override
    public long statementTimestampMicros() {
        throw new Unknowable();
    }

    @Override
    public long serverStartMicros() {
        throw new Unknowable();
    }

    @Override
    public long clockTimestampMicros() {
        throw new Unknowable();
    }

    @Override
    public long transactionId() {
        throw new Unknowable();
    }

    @Override
    public long snapshotTimestamp() {
        throw new Unknowable();
    }

    @Override
    public Chance chance() {
        throw new Unknowable();
    }

    @Override
    public void seed(long seed) {
        throw new Unknowable();
    }

    @Override
    public long nextValue(int sequenceOid) {
        throw new Unknowable();
    }

    @Override
    public long currentValue(int sequenceOid) {
        throw new Unknowable();
    }

    @Override
    public long lastValue() {
        throw new Unknowable();
    }

    @Override
    public void setValue(int sequenceOid, long value, boolean called) {
        throw new Unknowable();
    }

    @Override
    public SequencePosition position(int sequenceOid) {
        throw new Unknowable();
    }

    @Override
    public Backends backends() {
        throw new Unknowable();
    }

    @Override
    public AdvisoryLocks advisoryLocks() {
        throw new Unknowable();
    }

    @Override
    public long relationSizeBytes(int relationOid) {
        throw new Unknowable();
    }

    @Override
    public void notice(SqlError notice) {
        throw new Unknowable();
    }

    @Override
    public void checkCancelled() {}
}
