package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Words syntax errors as PostgreSQL does. */
final class SyntaxErrors {

    private SyntaxErrors() {}

    /** {@code complaint at or near "text"}, or {@code at end of input} when the text is used up. */
    static SqlException nearOffset(String complaint, String sql, int start, int end) {
        String message = start >= sql.length()
                ? complaint + " at end of input"
                : complaint + " at or near \"" + sql.substring(start, end) + "\"";
        return atOffset(SqlState.SYNTAX_ERROR, message, sql, start);
    }

    static SqlException atOffset(String sqlState, String message, String sql, int offset) {
        return at(sqlState, message, sql.codePointCount(0, offset) + 1);
    }

    static SqlException at(String sqlState, String message, int position) {
        return new SqlException(SqlError.error(sqlState, message).withPosition(position));
    }

    static SqlException at(String message, int position) {
        return at(SqlState.SYNTAX_ERROR, message, position);
    }

    static SqlException withHint(String message, String hint, int position) {
        return new SqlException(
                SqlError.error(SqlState.SYNTAX_ERROR, message).withHint(hint).withPosition(position));
    }

    static SqlException unsupported(String feature, int position) {
        return at(SqlState.FEATURE_NOT_SUPPORTED, feature + " is not supported", position);
    }

    static SqlException tooDeep() {
        return new SqlException(SqlError.error(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded")
                .withHint("Write the statement with less nesting."));
    }
}
