package dev.boreal.queryprocessor.function;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.type.InitialSettings;
import dev.boreal.queryprocessor.type.ObjectNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session that stands still: UTC, user {@code postgres}, an empty catalog. */
final class FixedContext implements EvaluationContext, InitialSettings {
    private Chance chance = new Chance(1);

    @Override
    public CatalogSnapshot catalog() {
        return new CatalogSnapshot(1, List.of(), List.of(), List.of());
    }

    @Override
    public @Nullable String setting(String name) {
        return Map.of("search_path", "public").get(name);
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
        return 0;
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
        throw new SqlException("42P01", "no sequences here");
    }

    @Override
    public long currentValue(int sequenceOid) {
        throw new SqlException("42P01", "no sequences here");
    }

    @Override
    public long lastValue() {
        throw new SqlException("55000", "lastval is not yet defined in this session");
    }

    @Override
    public void setValue(int sequenceOid, long value, boolean called) {
        throw new SqlException("42P01", "no sequences here");
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
    public void notice(SqlError notice) {}

    @Override
    public void checkCancelled() {}

    @Override
    public long transactionTimestampMicros() {
        return 0;
    }

    @Override
    public ObjectNames names() {
        return new ObjectNames() {
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
        };
    }
}
