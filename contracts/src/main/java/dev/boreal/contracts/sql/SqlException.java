package dev.boreal.contracts.sql;

/**
 * Carries a {@link SqlError} out of the depth of a statement to the session that answers it. It has no stack trace:
 * it is an outcome that users meet, not a bug. Bugs are other exceptions, and reach the client as XX000.
 */
public final class SqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    public SqlException(SqlError error) {
        super(error.sqlState() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public SqlException(String sqlState, String message) {
        this(SqlError.error(sqlState, message));
    }

    /** As PostgreSQL does for what it does not have: 0A000 with the feature's name. */
    public static SqlException notSupported(String feature) {
        return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, feature + " is not supported");
    }

    public SqlError error() {
        return error;
    }
}
