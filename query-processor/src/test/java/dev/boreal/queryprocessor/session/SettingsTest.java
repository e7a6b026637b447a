package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.contracts.sql.SqlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private final Settings settings = new Settings();

    @Test
    void takesChangesBackWithTheTransaction() {
        settings.set("work_mem", "8MB", false);
        settings.committed();
        settings.set("work_mem", "16MB", false);
        settings.rolledBack();
        assertThat(settings.shown("work_mem")).isEqualTo("8MB");
    }

    @Test
    void endsLocalValuesWithTheTransaction() {
        settings.set("work_mem", "8MB", false);
        settings.set("work_mem", "16MB", true);
        assertThat(settings.shown("work_mem")).isEqualTo("16MB");
        settings.committed();
        assertThat(settings.shown("work_mem")).isEqualTo("8MB");
    }

    @Test
    void keepsAValueThatReplacesALocalOne() {
        settings.set("work_mem", "16MB", true);
        settings.set("work_mem", "8MB", false);
        settings.committed();
        assertThat(settings.shown("work_mem")).isEqualTo("8MB");
    }

    @Test
    void forgetsAllChangesOfATransactionAndNotTheLastOnly() {
        settings.set("work_mem", "8MB", false);
        settings.set("work_mem", "16MB", false);
        settings.rolledBack();
        assertThat(settings.source("work_mem")).isEqualTo("default");
        settings.set("work_mem", "8MB", true);
        settings.set("work_mem", "16MB", true);
        settings.committed();
        assertThat(settings.source("work_mem")).isEqualTo("default");
        settings.set("work_mem", "8MB", true);
        settings.set("work_mem", "16MB", false);
        settings.rolledBack();
        assertThat(settings.source("work_mem")).isEqualTo("default");
    }

    @Test
    void goesBackToASavepointWithWhatWasLocalAtThatTime() {
        settings.set("work_mem", "8MB", true);
        Settings.Mark mark = settings.mark();
        settings.set("work_mem", "16MB", false);
        settings.set("application_name", "other", false);
        settings.rollbackTo(mark);
        assertThat(settings.shown("work_mem")).isEqualTo("8MB");
        assertThat(settings.require("application_name")).isEmpty();
        settings.committed();
        assertThat(settings.source("work_mem")).isEqualTo("default");
    }

    @Test
    void resetsToWhatTheClientBeganWith() {
        settings.initialize("application_name", "reports");
        settings.set("application_name", "other", false);
        settings.set("application_name", null, false);
        assertThat(settings.require("application_name")).isEqualTo("reports");
        assertThat(settings.source("application_name")).isEqualTo("client");
    }

    @Test
    void keepsTransactionAndRoleWhenAllIsReset() {
        settings.set("transaction_read_only", "on", false);
        settings.set("role", "reader", false);
        settings.set("work_mem", "8MB", false);
        settings.resetAll();
        assertThat(settings.require("transaction_read_only")).isEqualTo("on");
        assertThat(settings.require("role")).isEqualTo("reader");
        assertThat(settings.source("work_mem")).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({
        "statement_timeout, 1.5s, 1500ms",
        "statement_timeout, 10d, 10d",
        "statement_timeout, 90 min, 90min",
        "work_mem, 0x100, 256kB",
        "work_mem, 1GB, 1GB",
        "effective_cache_size, 16, 128kB",
        "enable_seqscan, 1, on",
        "enable_seqscan, fal, off",
        "random_page_cost, 1.5, 1.5",
        "client_min_messages, WARNING, warning",
        "transaction_isolation, read committed, repeatable read",
        "default_transaction_isolation, read committed, read committed",
        "session_replication_role, origin, origin",
        "my.own, anything, anything"
    })
    void printsAsPostgresDoes(String name, String written, String shown) {
        settings.set(name, written, false);
        assertThat(settings.shown(name)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "statement_timeout, abc, 22023",
        "statement_timeout, -5, 22023",
        "statement_timeout, 5 foo, 22023",
        "statement_timeout, 2147483648, 22023",
        "work_mem, 1kB, 22023",
        "work_mem, 64mb, 22023",
        "extra_float_digits, 4, 22023",
        "random_page_cost, -1, 22023",
        "enable_seqscan, maybe, 22023",
        "client_min_messages, loud, 22023",
        "TimeZone, Nowhere/Land, 22023",
        "DateStyle, sometimes, 22023",
        "default_tablespace, fast, 22023",
        "block_size, 1, 55P02",
        "server_version, 1, 55P02",
        "max_connections, 1, 55P02",
        "standard_conforming_strings, off, 0A000",
        "session_replication_role, replica, 0A000",
        "no_such_parameter, 1, 42704"
    })
    void refusesWhatPostgresRefusesAndWhatWouldMeanNothing(String name, String value, String sqlState) {
        SqlException refusal = catchThrowableOfType(SqlException.class, () -> settings.set(name, value, false));
        assertThat(refusal.error().sqlState()).isEqualTo(sqlState);
        assertThat(settings.source(name)).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_such_parameter", "my.own"})
    void knowsNoParameterThatNobodySet(String name) {
        assertThat(settings.shown(name)).isNull();
        assertThatThrownBy(() -> settings.require(name)).hasMessageContaining("unrecognized configuration parameter");
    }

    @Test
    void keepsTheOtherHalfOfDateStyle() {
        settings.set("DateStyle", "SQL, DMY", false);
        settings.set("DateStyle", "ISO", false);
        assertThat(settings.require("DateStyle")).isEqualTo("ISO, DMY");
    }

    @Test
    void initialValuesAreValidThemselves() {
        for (Setting setting : SettingList.all()) {
            if (setting.context() == Setting.Context.USER && !setting.name().equals("transaction_isolation")) {
                assertThat(SettingValues.canonical(setting, setting.initial(), setting.initial()))
                        .as(setting.name())
                        .isEqualTo(setting.initial());
            }
        }
    }
}
