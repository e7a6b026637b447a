package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Map;

/** pg_settings, pg_prepared_statements, pg_cursors, pg_stat_activity, pg_locks, boreal_conflicts. */
final class SessionSources {
    private SessionSources() {}

    static void addTo(Map<String, RowSource> sources, SessionSource sessions) {
        sources.put("pg_catalog.pg_settings", (context, sheet) -> settings(sessions.settings(context), sheet));
        sources.put(
                "pg_catalog.pg_prepared_statements",
                (context, sheet) -> statements(sessions.preparedStatements(context), sheet));
        sources.put("pg_catalog.pg_cursors", (context, sheet) -> cursors(sessions.cursors(context), sheet));
        sources.put("pg_catalog.pg_locks", (context, sheet) -> locks(sessions.locks(context), sheet));
        sources.put("pg_catalog.boreal_conflicts", (context, sheet) -> conflicts(sessions.conflicts(context), sheet));
        sources.put("pg_catalog.pg_stat_database", (context, sheet) -> databases(context, sessions, sheet));
        sources.put("pg_catalog.pg_stat_activity", (context, sheet) -> activities(context, sessions, sheet));
    }

    private static void locks(List<SessionSource.Lock> locks, Sheet sheet) {
        for (SessionSource.Lock lock : locks) {
            sheet.row()
                    .set("locktype", "advisory")
                    .set("database", CatalogStore.DATABASE_OID)
                    .set("classid", lock.high())
                    .set("objid", lock.low())
                    .set("objsubid", lock.pair() ? 2 : 1)
                    .set("pid", lock.processId())
                    .set("mode", "ExclusiveLock")
                    .set("granted", true)
                    .set("fastpath", false);
        }
    }

    private static void conflicts(List<SessionSource.Conflict> conflicts, Sheet sheet) {
        for (SessionSource.Conflict conflict : conflicts) {
            long winner = conflict.winnerTransaction();
            sheet.row()
                    .set("conflict_time", conflict.at())
                    .set("schema_name", conflict.schema())
                    .set("table_name", conflict.table())
                    .set("constraint_name", conflict.constraint())
                    .set("key", conflict.key())
                    .set("winner_transaction", winner == 0 ? null : (Long) winner)
                    .set("winner_session", conflict.winnerSession())
                    .set("winner_region", conflict.winnerRegion())
                    .set("winner_access", conflict.winnerAccess())
                    .set("winner_committed", conflict.winnerCommitted())
                    .set("loser_transaction", conflict.loserTransaction())
                    .set("loser_pid", conflict.loserProcessId())
                    .set("loser_user", conflict.loserUser())
                    .set("loser_session", conflict.loserSession())
                    .set("loser_access", conflict.loserAccess())
                    .set("loser_snapshot", conflict.loserSnapshot())
                    .set("retried", conflict.retried())
                    .set("adjudicator", conflict.adjudicator());
        }
    }

    private static void databases(EvaluationContext context, SessionSource sessions, Sheet sheet) {
        sheet.row()
                .set("datid", CatalogStore.DATABASE_OID)
                .set("datname", CatalogStore.DATABASE_NAME)
                .set("numbackends", sessions.activities(context).size());
    }

    private static void settings(List<SessionSource.Setting> settings, Sheet sheet) {
        for (SessionSource.Setting setting : settings) {
            List<String> values = setting.values();
            sheet.row()
                    .set("name", setting.name())
                    .set("setting", setting.value())
                    .set("unit", setting.unit())
                    .set("category", setting.category())
                    .set("short_desc", setting.description())
                    .set("context", setting.context())
                    .set("vartype", setting.variableType())
                    .set("source", setting.source())
                    .set("min_val", setting.minimum())
                    .set("max_val", setting.maximum())
                    .set("enumvals", values == null ? null : Vectors.texts(values))
                    .set("boot_val", setting.bootValue())
                    .set("reset_val", setting.resetValue())
                    .set("pending_restart", false);
        }
    }

    private static void statements(List<SessionSource.PreparedStatement> statements, Sheet sheet) {
        for (SessionSource.PreparedStatement statement : statements) {
            sheet.row()
                    .set("name", statement.name())
                    .set("statement", statement.statement())
                    .set("prepare_time", statement.preparedAt())
                    .set("parameter_types", Vectors.array(TypeRegistry.REGTYPE.oid(), statement.parameterTypeOids()))
                    .set("from_sql", statement.fromSql());
        }
    }

    private static void cursors(List<SessionSource.Cursor> cursors, Sheet sheet) {
        for (SessionSource.Cursor cursor : cursors) {
            sheet.row()
                    .set("name", cursor.name())
                    .set("statement", cursor.statement())
                    .set("is_holdable", cursor.holdable())
                    .set("is_binary", cursor.binary())
                    .set("is_scrollable", cursor.scrollable())
                    .set("creation_time", cursor.createdAt());
        }
    }

    private static void activities(EvaluationContext context, SessionSource sessions, Sheet sheet) {
        for (SessionSource.Activity activity : sessions.activities(context)) {
            Role role = context.catalog().findRole(activity.user());
            sheet.row()
                    .set("datid", CatalogStore.DATABASE_OID)
                    .set("datname", CatalogStore.DATABASE_NAME)
                    .set("pid", activity.processId())
                    .set("usesysid", role == null ? null : role.oid())
                    .set("usename", activity.user())
                    .set("application_name", activity.applicationName())
                    .set("client_addr", activity.clientAddress())
                    .set("client_port", activity.clientPort())
                    .set("backend_start", activity.connectedAt())
                    .set("xact_start", activity.transactionStart())
                    .set("query_start", activity.queryStart())
                    .set("state_change", activity.stateChange())
                    .set("state", activity.state())
                    .set("query", activity.query())
                    .set("backend_type", "client backend");
        }
    }
}
