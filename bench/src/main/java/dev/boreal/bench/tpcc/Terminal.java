package dev.boreal.bench.tpcc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection with its prepared statements, and short ways to run them. One thread. */
final class Terminal implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Terminal(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case Integer number -> statement.setInt(i + 1, number);
                case BigDecimal number -> statement.setBigDecimal(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                default -> throw new IllegalArgumentException("parameter " + parameters[i]);
            }
        }
        return statement;
    }

    /** Rows of a query; to be closed. */
    ResultSet query(String sql, Object... parameters) throws SQLException {
        return prepared(sql, parameters).executeQuery();
    }

    /** Runs a change that must touch exactly one row. */
    void changeOne(String sql, Object... parameters) throws SQLException {
        int count = change(sql, parameters);
        if (count != 1) {
            throw new SQLException("expected to change one row, changed " + count + ": " + sql);
        }
    }

    int change(String sql, Object... parameters) throws SQLException {
        return prepared(sql, parameters).executeUpdate();
    }

    /** Adds to a statement's batch. */
    void batch(String sql, Object... parameters) throws SQLException {
        prepared(sql, parameters).addBatch();
    }

    void runBatch(String sql) throws SQLException {
        prepared(sql).executeBatch();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Ends the transaction without effect, batches included. */
    void rollback() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.clearBatch();
        }
        connection.rollback();
    }

    /** A row that must be there. */
    static void mustHaveRow(ResultSet rows, String what) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("there is no " + what);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
