package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may not connect is told why by SQLSTATE, and who may is not disturbed. */
class RefusedConnectionsTest {
    @TempDir
    Path directory;

    private static String refusal(TestServer server, String database, String more) {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?" + more;
        SQLException refused = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection(url).close());
        return refused == null ? "admitted" : refused.getSQLState();
    }

    @Test
    void namesTheRoleOrDatabaseThatDoesNotExist() throws Exception {
        try (TestServer server = new TestServer(directory)) {
            assertThat(refusal(server, "postgres", "user=nobody_here")).isEqualTo("28000");
            assertThat(refusal(server, "nothing_here", "user=postgres")).isEqualTo("3D000");
            assertThat(refusal(server, "postgres", "user=postgres")).isEqualTo("admitted");
        }
    }

    @Test
    void refusesOneSessionTooManyAndAdmitsItWhenAnotherEnds() throws Exception {
        try (TestServer server = new TestServer(directory, Map.of("connections.maximum", "2"));
                Connection first = server.connect()) {
            Connection second = server.connect();
            assertThat(refusal(server, "postgres", "user=postgres")).isEqualTo("53300");
            assertThat(first.isValid(5)).isTrue();
            second.close();
            String found = refusal(server, "postgres", "user=postgres");
            for (int attempt = 0; attempt < 200 && !found.equals("admitted"); attempt++) {
                Thread.sleep(10);
                found = refusal(server, "postgres", "user=postgres");
            }
            assertThat(found).isEqualTo("admitted");
        }
    }

    @Test
    void admitsOnlyTheRightPassword() throws Exception {
        try (TestServer server = new TestServer(directory);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD 'a secret'");
            statement.execute("CREATE ROLE without_password LOGIN");
        }
        try (TestServer server = new TestServer(directory, Map.of("authentication", "scram-sha-256"))) {
            assertThat(refusal(server, "postgres", "user=postgres&password=a%20secret"))
                    .isEqualTo("admitted");
            for (int attempt = 0; attempt < 20; attempt++) {
                assertThat(refusal(server, "postgres", "user=postgres&password=guess" + attempt))
                        .isEqualTo("28P01");
            }
            assertThat(refusal(server, "postgres", "user=without_password&password=any"))
                    .isEqualTo("28P01");
            // Whether a role exists is not told to who does not know its password.
            assertThat(refusal(server, "postgres", "user=nobody_here&password=any"))
                    .isEqualTo("28P01");
            assertThat(refusal(server, "nothing_here", "user=postgres&password=a%20secret"))
                    .isEqualTo("3D000");
            assertThat(refusal(server, "postgres", "user=postgres&password=a%20secret"))
                    .isEqualTo("admitted");
        }
    }
}
