package dev.boreal.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables of which everything follows from one number a writer: transaction n of a writer inserts entry n with its lines,
 * marks entry n - 3, deletes entry n - 20, counts itself, and moves money between two accounts. So whoever knows the last
 * n that is there knows every row that must be there, and any half of a transaction shows.
 */
public final class Ledger {
    static final int ACCOUNTS = 8;
    static final int MARKED_AFTER = 3;
    static final int KEPT = 20;
    private static final int GROUPS = 7;
    private static final int START_BALANCE = 1_000;

    /** Of all accounts together, always. */
    public static final long MONEY = (long) ACCOUNTS * START_BALANCE;

    private Ledger() {}

    /** The group of an entry, which an index orders; marking moves it. */
    static int group(long n, boolean marked) {
        return (int) (n % GROUPS) + (marked ? GROUPS : 0);
    }

    /** How many lines entry n has: now and then many. */
    static int lines(long n) {
        return n % 50 == 0 ? 300 : (int) (n % 3) + 1;
    }

    public static void create(Connection connection, int writers) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ledger_count (writer int PRIMARY KEY, n bigint NOT NULL)");
            statement.execute("CREATE TABLE ledger_entry (writer int REFERENCES ledger_count, n bigint, grp int,"
                    + " code text UNIQUE, PRIMARY KEY (writer, n))");
            statement.execute("CREATE INDEX ledger_entry_grp ON ledger_entry (writer, grp)");
            statement.execute(
                    "CREATE TABLE ledger_line (writer int, n bigint, part int, PRIMARY KEY (writer, n, part))");
            statement.execute("CREATE TABLE ledger_account (id int PRIMARY KEY, balance bigint NOT NULL)");
            for (int id = 1; id <= writers; id++) {
                statement.execute("INSERT INTO ledger_count VALUES (" + id + ", 0)");
            }
            statement.execute("INSERT INTO ledger_account SELECT g, " + START_BALANCE + " FROM generate_series(1, "
                    + ACCOUNTS + ") g");
        }
    }

    static void firstAnswer(Connection connection) throws SQLException {
        number(connection, "SELECT count(*) FROM ledger_account");
    }

    public static long lastOf(Connection connection, int writer) throws SQLException {
        return number(connection, "SELECT n FROM ledger_count WHERE writer = " + writer);
    }

    /** Every row of a writer whose last transaction is {@code last}, by the tables and by their indexes. */
    public static void verify(Connection connection, int writer, long last) throws SQLException {
        List<String> expected = new ArrayList<>();
        long linesExpected = 0;
        for (long n = 1; n <= last; n++) {
            linesExpected += lines(n);
            if (n > last - KEPT) {
                expected.add(n + " " + group(n, n <= last - MARKED_AFTER) + " " + code(writer, n));
            }
        }
        String columns = "SELECT n || ' ' || grp || ' ' || code FROM ledger_entry WHERE writer = " + writer;
        assertThat(strings(connection, columns + " ORDER BY n")).isEqualTo(expected);
        List<String> byGroup = new ArrayList<>();
        for (int group = 0; group < 2 * GROUPS; group++) {
            byGroup.addAll(strings(connection, columns + " AND grp = " + group));
        }
        assertThat(byGroup).as("rows by ledger_entry_grp").containsExactlyInAnyOrderElementsOf(expected);
        for (long n = Math.max(1, last - KEPT - 2); n <= last + 1; n++) {
            assertThat(number(connection, "SELECT count(*) FROM ledger_entry WHERE code = '" + code(writer, n) + "'"))
                    .as("rows by the unique index for %s", code(writer, n))
                    .isEqualTo(n > last - KEPT && n >= 1 && n <= last ? 1 : 0);
        }
        assertThat(number(connection, "SELECT count(*) FROM ledger_line WHERE writer = " + writer))
                .isEqualTo(linesExpected);
        assertThat(number(connection, "SELECT coalesce(max(n), 0) FROM ledger_line WHERE writer = " + writer))
                .isEqualTo(last);
    }

    public static void verifyMoney(Connection connection) throws SQLException {
        assertThat(number(connection, "SELECT sum(balance) FROM ledger_account"))
                .isEqualTo(MONEY);
    }

    static String code(int writer, long n) {
        return "w" + writer + "-" + n;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                strings.add(result.getString(1));
            }
        }
        return strings;
    }
}
