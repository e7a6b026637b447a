package dev.boreal.launcher.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.differential.RealPostgres;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which anomalies REPEATABLE READ and SERIALIZABLE prevent: the same table for PostgreSQL and for Boreal. */
class IsolationTest {
    @TempDir
    static Path directory;

    private static @Nullable RealPostgres postgres;
    private static @Nullable TestServer boreal;

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres(directory);
        boreal = new TestServer(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (boreal != null) {
            boreal.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void postgreSqlPreventsWhatTheTableSays(Anomaly anomaly) throws Exception {
        check(anomaly, postgres.port(), "REPEATABLE READ", anomaly.isAllowed());
    }

    @ParameterizedTest
    @EnumSource
    void borealPreventsWhatTheTableSays(Anomaly anomaly) throws Exception {
        check(anomaly, boreal.port(), "REPEATABLE READ", anomaly.isAllowed());
    }

    @ParameterizedTest
    @EnumSource
    void postgreSqlPreventsEverythingWhenSerializable(Anomaly anomaly) throws Exception {
        check(anomaly, postgres.port(), "SERIALIZABLE", false);
    }

    @ParameterizedTest
    @EnumSource
    void borealPreventsEverythingWhenSerializable(Anomaly anomaly) throws Exception {
        check(anomaly, boreal.port(), "SERIALIZABLE", false);
    }

    private static void check(Anomaly anomaly, int port, String level, boolean expected) throws Exception {
        try (Scenario run = new Scenario(TestServer.url(port), level)) {
            assertThat(anomaly.occurs(run)).isEqualTo(expected);
        }
    }
}
