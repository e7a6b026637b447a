package dev.boreal.queryprocessor.catalog;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import dev.boreal.queryprocessor.function.Backends;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.InitialSettings;
import dev.boreal.queryprocessor.type.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session of the superuser with default settings, at the beginning of time and without sequences; it keeps the notices it is sent. */
public final class FixedEvaluation implements EvaluationContext, InitialSettings {
    private final Supplier<CatalogSnapshot> catalog;
    public final List<SqlError> notices = new ArrayList<>();
    private Chance chance = new Chance(1);

    /** With an empty catalog. */
    public FixedEvaluation() {
        CatalogSnapshot empty = new CatalogSnapshot(1, List.of(), List.of(), List.of());
        catalog = () -> empty;
    }

    public FixedEvaluation(Supplier<CatalogSnapshot> catalog) {
        this.catalog = catalog;
    }

    @Override
    public CatalogSnapshot catalog() {
        return catalog.get();
    }

    @Override
    public @Nullable String setting(String name) {
        return name.equals("search_path") ? "public" : null;
    }

    @Override
    public void changeSetting(String name, @Nullable String value, boolean local) {
        throw new SqlException("42704", "unrecognized configuration parameter \"" + name + "\"");
    }

    @Override
    public String currentUser() {
        return "postgres";
    }

    @Override
    public String sessionUser() {
        return "postgres";
    }

    @Override
    public String currentDatabase() {
        return "postgres";
    }

    @Override
    public List<String> searchPath() {
        return List.of("public");
    }

    @Override
    public int processId() {
        return 1;
    }

    @Override
    public long statementTimestampMicros() {
        return 0;
    }

    @Override
    public long serverStartMicros() {
        return 0;
    }

    @Override
    public long clockTimestampMicros() {
        return 0;
    }

    @Override
    public long transactionId() {
        return 1;
    }

    @Override
    public long snapshotTimestamp() {
        return 1;
    }

    @Override
    public Chance chance() {
        return chance;
    }

    @Override
    public void seed(long seed) {
        chance = new Chance(seed);
    }

    @Override
    public long nextValue(int sequenceOid) {
        throw noSequence();
    }

    @Override
    public long currentValue(int sequenceOid) {
        throw noSequence();
    }

    @Override
    public long lastValue() {
        throw new SqlException("55000", "lastval is not yet defined in this session");
    }

    @Override
    public void setValue(int sequenceOid, long value, boolean called) {
        throw noSequence();
    }

    private static SqlException noSequence() {
        return new SqlException("42P01", "no sequences here");
    }

    @Override
    public SequencePosition position(int sequenceOid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Backends backends() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AdvisoryLocks advisoryLocks() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long relationSizeBytes(int relationOid) {
        return 0;
    }

    @Override
    public void notice(SqlError notice) {
        notices.add(notice);
    }

    @Override
    public void checkCancelled() {}

    @Override
    public long transactionTimestampMicros() {
        return 0;
    }

    @Override
    public ObjectNames names() {
        return new CatalogObjectNames(
                catalog.get(), new CatalogNames(catalog.get(), searchPath()), NoBuiltins.INSTANCE);
    }

    private enum NoBuiltins implements ObjectNames {
        INSTANCE;

        @Override
        public @Nullable String nameOf(Kind kind, int oid) {
            return null;
        }

        @Override
        public int oidOf(Kind kind, String name) {
            throw new SqlException("42704", "\"" + name + "\" does not exist");
        }

        @Override
        public @Nullable Integer findOid(Kind kind, String name) {
            return null;
        }
    }
}
