package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.function.Supplier;

/** Errors with PostgreSQL's wording, pointing at what is wrong. */
final class BindErrors {
    static final String WINDOWING_ERROR = "42P20";
    static final String INVALID_RECURSION = "42P19";
    static final String AMBIGUOUS_PARAMETER = "42P08";
    static final String INVALID_COLUMN_REFERENCE = "42P10";
    static final String GENERATED_ALWAYS = "428C9";

    private BindErrors() {}

    static SqlException at(int position, String state, String message) {
        return new SqlException(SqlError.error(state, message).withPosition(position));
    }

    static SqlException detailed(int position, String state, String message, String detail) {
        return new SqlException(
                SqlError.error(state, message).withDetail(detail).withPosition(position));
    }

    static SqlException hinted(int position, String state, String message, String hint) {
        return new SqlException(SqlError.error(state, message).withHint(hint).withPosition(position));
    }

    static SqlException notSupported(int position, String feature) {
        return at(position, SqlState.FEATURE_NOT_SUPPORTED, feature + " is not supported");
    }

    static SqlException cannotCast(int position, SqlType from, SqlType to) {
        return at(
                position,
                SqlState.CANNOT_COERCE,
                "cannot cast type " + from.formatName(-1) + " to " + to.formatName(-1));
    }

    /** Runs rules that know no positions, and adds this one to their errors. */
    static <T> T locate(int position, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (SqlException failure) {
            throw located(position, failure);
        }
    }

    static SqlException located(int position, SqlException failure) {
        return failure.error().position() != 0
                ? failure
                : new SqlException(failure.error().withPosition(position));
    }
}
