package dev.boreal.bench.workload;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** COPY of many rows in and out, and a scan with aggregates over them. Figures are rows per second. */
public final class BulkWorkload {
    private static final Map<String, String> BOUNDED = Map.of("socketTimeout", "300");
    private static final int PIECE = 1 << 16;
    private static final int LONGEST_ROW = 200;

    private final int rows;

    public BulkWorkload(int rows) {
        this.rows = rows;
    }

    /** COPY FROM STDIN into a new table with a primary key, in one transaction. */
    public Measurement copyIn(Server server) {
        return attempt(server, connection -> {
            execute(connection, "DROP TABLE IF EXISTS " + CopyRows.TABLE);
            execute(connection, CopyRows.DEFINITION);
            long started = System.nanoTime();
            CopyIn copy =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + CopyRows.TABLE + " FROM STDIN");
            byte[] piece = new byte[PIECE + LONGEST_ROW];
            int length = 0;
            for (int id = 1; id <= rows; id++) {
                length = CopyRows.append(piece, length, id);
                if (length >= PIECE || id == rows) {
                    copy.writeToCopy(piece, 0, length);
                    length = 0;
                }
            }
            expect(rows, copy.endCopy());
            return System.nanoTime() - started;
        });
    }

    /** COPY TO STDOUT of the whole table. */
    public Measurement copyOut(Server server) {
        return attempt(server, connection -> {
            long started = System.nanoTime();
            expect(
                    rows,
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("COPY " + CopyRows.TABLE + " TO STDOUT", OutputStream.nullOutputStream()));
            return System.nanoTime() - started;
        });
    }

    /** Count and sum over all rows, three times: the median, since the first may have to do the loader's chores. */
    public Measurement scan(Server server) {
        return attempt(server, connection -> {
            long sum = 0;
            for (int id = 1; id <= rows; id++) {
                sum += CopyRows.amount(id);
            }
            long[] nanos = new long[3];
            for (int i = 0; i < nanos.length; i++) {
                long started = System.nanoTime();
                try (Statement statement = connection.createStatement();
                        ResultSet result =
                                statement.executeQuery("SELECT count(*), sum(amount) FROM " + CopyRows.TABLE)) {
                    result.next();
                    expect(rows, result.getLong(1));
                    expect(sum, result.getLong(2));
                }
                nanos[i] = System.nanoTime() - started;
            }
            java.util.Arrays.sort(nanos);
            return nanos[1];
        });
    }

    /** Removes the table. */
    public void dropTable(Server server) {
        attempt(server, connection -> {
            execute(connection, "DROP TABLE IF EXISTS " + CopyRows.TABLE);
            return 1;
        });
    }

    private interface Timed {
        long nanos(Connection connection) throws SQLException, IOException;
    }

    private Measurement attempt(Server server, Timed timed) {
        try (Connection connection = server.connect(BOUNDED)) {
            long nanos = timed.nanos(connection);
            Histogram none = Measurement.newLatencies();
            return new Measurement(rows * 1e9 / nanos, none, 0, 0, null);
        } catch (SQLException | IOException e) {
            return Measurement.failure(firstLine(e.getMessage()));
        }
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void expect(long expected, long got) throws SQLException {
        if (expected != got) {
            throw new SQLException("wrong answer: expected " + expected + ", got " + got);
        }
    }
}
