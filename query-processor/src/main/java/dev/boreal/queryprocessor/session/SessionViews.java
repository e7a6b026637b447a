package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.catalog.system.SessionSource;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.EvaluationContext.SequencePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pg_settings, pg_stat_activity and their kin show of the sessions of this query processor. */
final class SessionViews implements SessionSource {
    private static final long NANOS_PER_MICRO = 1_000L;

    private final Map<Integer, Session> sessions;
    private final ConflictLog conflicts;
    private final LockTable locks;

    SessionViews(Map<Integer, Session> sessions, ConflictLog conflicts, LockTable locks) {
        this.sessions = sessions;
        this.conflicts = conflicts;
        this.locks = locks;
    }

    private @Nullable Session asking(EvaluationContext context) {
        return sessions.get(context.processId());
    }

    @Override
    public List<Setting> settings(EvaluationContext context) {
        Session session = asking(context);
        if (session == null) {
            return List.of();
        }
        Settings current = session.settings();
        List<Setting> rows = new ArrayList<>();
        for (dev.boreal.queryprocessor.session.Setting setting : SettingList.all()) {
            if (!setting.hidden()) {
                rows.add(row(setting, current));
            }
        }
        return rows;
    }

    private static Setting row(dev.boreal.queryprocessor.session.Setting setting, Settings current) {
        return new Setting(
                setting.name(),
                current.require(setting.name()),
                setting.unit(),
                setting.category(),
                setting.description(),
                setting.context().name().toLowerCase(java.util.Locale.ROOT),
                setting.type().name().toLowerCase(java.util.Locale.ROOT),
                current.source(setting.name()),
                setting.minimum(),
                setting.maximum(),
                setting.choices().isEmpty() ? null : setting.choices(),
                setting.initial(),
                current.resetValue(setting));
    }

    @Override
    public List<PreparedStatement> preparedStatements(EvaluationContext context) {
        Session session = asking(context);
        List<PreparedStatement> rows = new ArrayList<>();
        if (session != null) {
            for (dev.boreal.queryprocessor.session.PreparedStatement prepared :
                    session.prepared().all()) {
                if (!prepared.name().isEmpty()) {
                    rows.add(new PreparedStatement(
                            prepared.name(),
                            prepared.text(),
                            prepared.preparedAtMicros(),
                            prepared.resolvedParameterTypes(),
                            prepared.fromSql()));
                }
            }
        }
        return rows;
    }

    @Override
    public List<Cursor> cursors(EvaluationContext context) {
        Session session = asking(context);
        List<Cursor> rows = new ArrayList<>();
        if (session != null) {
            for (Portal portal : session.portals().all()) {
                boolean binary = portal.resultFormats().length > 0 && portal.resultFormats()[0] == 1;
                rows.add(new Cursor(
                        portal.name(),
                        portal.text(),
                        portal.holdable(),
                        binary,
                        portal.scrollable(),
                        portal.madeAtMicros()));
            }
        }
        return rows;
    }

    @Override
    public List<Activity> activities(EvaluationContext context) {
        List<Activity> rows = new ArrayList<>();
        for (Session session : sessions.values()) {
            SessionActivity activity = session.activity();
            rows.add(new Activity(
                    session.processId(),
                    session.request().user(),
                    session.settings().require("application_name"),
                    session.request().clientAddress(),
                    session.request().clientPort(),
                    session.openedAtMicros(),
                    given(activity.transactionStart()),
                    given(activity.queryStart()),
                    given(activity.stateChange()),
                    activity.state().text(),
                    activity.query()));
        }
        return rows;
    }

    private static @Nullable Long given(long micros) {
        return micros == 0 ? null : (Long) micros;
    }

    @Override
    public List<Lock> locks(EvaluationContext context) {
        return locks.held();
    }

    @Override
    public List<Conflict> conflicts(EvaluationContext context) {
        List<Conflict> rows = new ArrayList<>();
        for (ConflictLog.Entry entry : conflicts.entries()) {
            ConflictReport report = entry.report();
            dev.boreal.contracts.transaction.Conflict conflict = report.conflict();
            ConflictLog.Loser loser = entry.loser();
            rows.add(new Conflict(
                    entry.atMicros(),
                    report.schema(),
                    report.table(),
                    report.constraint(),
                    report.key(),
                    conflict.winnerTransactionId(),
                    conflict.winnerSession(),
                    conflict.winnerRegion(),
                    conflict.winnerMode().name(),
                    micros(conflict.winnerTimestamp()),
                    loser.transactionId(),
                    loser.processId(),
                    loser.user(),
                    loser.session(),
                    conflict.loserMode().name(),
                    micros(conflict.loserSnapshot()),
                    entry.retried(),
                    conflict.adjudicator()));
        }
        return rows;
    }

    private static long micros(long nanos) {
        return nanos / NANOS_PER_MICRO - SessionContext.MICROS_1970_TO_2000;
    }

    @Override
    public @Nullable Long lastValue(EvaluationContext context, int sequenceOid) {
        SequencePosition position = context.position(sequenceOid);
        return position.called() ? position.lastValue() : null;
    }
}
