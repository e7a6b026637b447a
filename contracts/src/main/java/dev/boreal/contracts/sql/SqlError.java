package dev.boreal.contracts.sql;

import org.jspecify.annotations.Nullable;

/**
 * An error or a notice with every field that PostgreSQL's protocol carries.
 *
 * @param severity how grave
 * @param sqlState five characters
 * @param message one line, PostgreSQL's own wording wherever it has one
 * @param position 1-based character position in the statement, 0 if there is none
 */
public record SqlError(
        Severity severity,
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        int position,
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        @Nullable String dataType,
        @Nullable String constraint,
        @Nullable String where) {

    /** PostgreSQL's severities. ERROR ends the transaction, FATAL the session; the others are notices. */
    public enum Severity {
        DEBUG,
        LOG,
        INFO,
        NOTICE,
        WARNING,
        ERROR,
        FATAL
    }

    public static SqlError error(String sqlState, String message) {
        return new SqlError(Severity.ERROR, sqlState, message, null, null, 0, null, null, null, null, null, null);
    }

    public static SqlError notice(String message) {
        return error(SqlState.SUCCESSFUL_COMPLETION, message).withSeverity(Severity.NOTICE);
    }

    public static SqlError warning(String sqlState, String message) {
        return error(sqlState, message).withSeverity(Severity.WARNING);
    }

    public SqlError withSeverity(Severity newSeverity) {
        return new SqlError(
                newSeverity,
                sqlState,
                message,
                detail,
                hint,
                position,
                schema,
                table,
                column,
                dataType,
                constraint,
                where);
    }

    public SqlError withDetail(@Nullable String newDetail) {
        return new SqlError(
                severity,
                sqlState,
                message,
                newDetail,
                hint,
                position,
                schema,
                table,
                column,
                dataType,
                constraint,
                where);
    }

    public SqlError withHint(@Nullable String newHint) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                newHint,
                position,
                schema,
                table,
                column,
                dataType,
                constraint,
                where);
    }

    public SqlError withPosition(int newPosition) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                newPosition,
                schema,
                table,
                column,
                dataType,
                constraint,
                where);
    }

    public SqlError withWhere(@Nullable String newWhere) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                position,
                schema,
                table,
                column,
                dataType,
                constraint,
                newWhere);
    }

    public SqlError at(@Nullable String newSchema, @Nullable String newTable) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                position,
                newSchema,
                newTable,
                column,
                dataType,
                constraint,
                where);
    }

    public SqlError withColumn(@Nullable String newColumn) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                position,
                schema,
                table,
                newColumn,
                dataType,
                constraint,
                where);
    }

    public SqlError withDataType(@Nullable String newDataType) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                position,
                schema,
                table,
                column,
                newDataType,
                constraint,
                where);
    }

    public SqlError withConstraint(@Nullable String newConstraint) {
        return new SqlError(
                severity,
                sqlState,
                message,
                detail,
                hint,
                position,
                schema,
                table,
                column,
                dataType,
                newConstraint,
                where);
    }
}
