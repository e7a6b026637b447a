package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the views on sessions show. The context tells which session asks. Times are microseconds since 2000-01-01 UTC. */
public interface SessionSource {

    /** Nothing at all, for where there is no session. */
    SessionSource EMPTY = new SessionSource() {
        @Override
        public List<Setting> settings(EvaluationContext context) {
            return List.of();
        }

        @Override
        public List<PreparedStatement> preparedStatements(EvaluationContext context) {
            return List.of();
        }

        @Override
        public List<Cursor> cursors(EvaluationContext context) {
            return List.of();
        }

        @Override
        public List<Activity> activities(EvaluationContext context) {
            return List.of();
        }

        @Override
        public List<Lock> locks(EvaluationContext context) {
            return List.of();
        }

        @Override
        public List<Conflict> conflicts(EvaluationContext context) {
            return List.of();
        }

        @Override
        public @Nullable Long lastValue(EvaluationContext context, int sequenceOid) {
            return null;
        }
    };

    /** pg_settings; {@code variableType} is bool, enum, integer, real or string. */
    record Setting(
            String name,
            String value,
            @Nullable String unit,
            String category,
            String description,
            String context,
            String variableType,
            String source,
            @Nullable String minimum,
            @Nullable String maximum,
            @Nullable List<String> values,
            @Nullable String bootValue,
            @Nullable String resetValue) {}

    record PreparedStatement(
            String name, String statement, long preparedAt, int[] parameterTypeOids, boolean fromSql) {}

    record Cursor(
            String name, String statement, boolean holdable, boolean binary, boolean scrollable, long createdAt) {}

    /** pg_stat_activity; {@code state} is active, idle or idle in transaction. */
    record Activity(
            int processId,
            String user,
            String applicationName,
            @Nullable String clientAddress,
            int clientPort,
            long connectedAt,
            @Nullable Long transactionStart,
            @Nullable Long queryStart,
            @Nullable Long stateChange,
            String state,
            String query) {}

    /** pg_locks: an advisory lock, of two numbers or of the halves of one. */
    record Lock(int processId, int high, int low, boolean pair) {}

    /** boreal_conflicts. */
    record Conflict(
            long at,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String constraint,
            @Nullable String key,
            long winnerTransaction,
            String winnerSession,
            String winnerRegion,
            String winnerAccess,
            long winnerCommitted,
            long loserTransaction,
            int loserProcessId,
            String loserUser,
            String loserSession,
            String loserAccess,
            long loserSnapshot,
            boolean retried,
            String adjudicator) {}

    List<Setting> settings(EvaluationContext context);

    List<PreparedStatement> preparedStatements(EvaluationContext context);

    List<Cursor> cursors(EvaluationContext context);

    List<Activity> activities(EvaluationContext context);

    List<Lock> locks(EvaluationContext context);

    /** Oldest first. */
    List<Conflict> conflicts(EvaluationContext context);

    /** Where a sequence stands, null if nextval was never called. */
    @Nullable Long lastValue(EvaluationContext context, int sequenceOid);
}
