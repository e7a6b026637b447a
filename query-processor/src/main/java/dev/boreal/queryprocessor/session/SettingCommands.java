package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.SettingValue;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** SET, SHOW and RESET. */
final class SettingCommands {
    private final Session session;

    SettingCommands(Session session) {
        this.session = session;
    }

    void set(SessionStatement.SetParameter set) {
        String name = set.name().toLowerCase(Locale.ROOT);
        if (set.local() && !session.transactions().inBlock()) {
            session.context()
                    .notice(SqlError.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION, "SET LOCAL can only be used in transaction blocks"));
        }
        change(name, set.values().isEmpty() ? null : text(name, set.values()), set.local());
        session.tags().complete(set.commandTag());
    }

    /** What SET, RESET and {@code set_config} do; a null value goes back to the default. */
    void change(String parameter, @Nullable String value, boolean local) {
        String name = parameter.toLowerCase(Locale.ROOT);
        switch (name) {
            case "seed" -> {
                session.settings().set(name, value, local);
                session.context()
                        .seed(Double.doubleToLongBits(
                                Double.parseDouble(session.settings().require(name))));
            }
            case "session_authorization" -> {
                if (value != null && !value.equals(session.context().sessionUser())) {
                    throw SqlException.notSupported("SET SESSION AUTHORIZATION");
                }
            }
            case "role" -> {
                requireRole(value);
                session.settings().set(name, value, local);
            }
            case "transaction_isolation" ->
                session.transactions().isolate(session.settings().valueFor(name, value));
            case "transaction_read_only" ->
                session.transactions()
                        .readOnly(session.settings().valueFor(name, value).equals("on"));
            default -> session.settings().set(parameter, value, local);
        }
    }

    /** Whether SET looks into the catalog. */
    static boolean needsCatalog(SessionStatement.SetParameter set) {
        return set.name().equalsIgnoreCase("role") && !set.values().isEmpty();
    }

    private void requireRole(@Nullable String name) {
        if (name != null
                && !name.equals("none")
                && session.transactions().current().catalog().findRole(name) == null) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "role \"" + name + "\" does not exist");
        }
    }

    private static String text(String name, List<SettingValue> values) {
        boolean list = name.equals("search_path");
        StringJoiner joined = new StringJoiner(", ");
        for (SettingValue value : values) {
            joined.add(list ? quoteIfNeeded(value.text()) : value.text());
        }
        return joined.toString();
    }

    private static String quoteIfNeeded(String name) {
        return dev.boreal.queryprocessor.syntax.Identifiers.quote(name);
    }

    void setTransaction(TransactionStatement.SetTransaction set) {
        if (!set.session()) {
            if (!session.transactions().inBlock()) {
                session.context()
                        .notice(SqlError.warning(
                                SqlState.NO_ACTIVE_SQL_TRANSACTION,
                                "SET TRANSACTION can only be used in transaction blocks"));
                return;
            }
            session.transactions().apply(set.modes());
            return;
        }
        TransactionStatement.IsolationLevel isolation = set.modes().isolation();
        if (isolation != null) {
            session.settings().set("default_transaction_isolation", isolation.setting(), false);
        }
        Boolean readOnly = set.modes().readOnly();
        if (readOnly != null) {
            session.settings().set("default_transaction_read_only", readOnly ? "on" : "off", false);
        }
    }

    void reset(SessionStatement.Reset reset) {
        if (reset.name() == null) {
            session.settings().resetAll();
        } else {
            change(reset.name(), null, false);
        }
        session.tags().complete(reset.commandTag());
    }

    List<OutputColumn> columns(SessionStatement.Show show) {
        if (show.name() == null) {
            return List.of(
                    Statements.textColumn("name"),
                    Statements.textColumn("setting"),
                    Statements.textColumn("description"));
        }
        Setting setting = SettingList.find(show.name());
        return List.of(Statements.textColumn(setting == null ? show.name() : setting.name()));
    }

    void show(SessionStatement.Show show, boolean describe) {
        List<OutputColumn> columns = columns(show);
        String value = show.name() == null ? null : session.settings().shown(show.name());
        if (show.name() != null && value == null) {
            throw Settings.unknown(show.name());
        }
        if (describe) {
            session.sink().rowDescription(RowOutput.describe(columns, Statements.ALL_TEXT));
        }
        if (value != null) {
            row(columns, new Object[] {value});
        } else {
            for (Setting setting : SettingList.all()) {
                if (!setting.hidden()) {
                    String current = setting.shown(session.settings().require(setting.name()));
                    row(columns, new Object[] {setting.name(), current, setting.description()});
                }
            }
        }
        session.tags().complete("SHOW");
    }

    private void row(List<OutputColumn> columns, @Nullable Object[] row) {
        RowOutput.row(row, columns, Statements.ALL_TEXT, session.sink(), session.context());
    }
}
