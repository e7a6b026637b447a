package dev.boreal.bench.tpcc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A COPY into one table, a transaction of its own. */
final class CopyTarget implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder rows = new StringBuilder();

    CopyTarget(Connection connection, String table) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
    }

    /** Adds a row; values are printed as they are, so they hold nothing to escape. */
    void row(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(values[i]);
        }
        rows.append('\n');
        if (rows.length() > PIECE) {
            send();
        }
    }

    private void send() throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }

    void finish() throws SQLException {
        send();
        copy.endCopy();
    }

    /** Gives the COPY up unless it is finished. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
