package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** A type whose SQL name does not depend on a modifier, with the errors that all input functions share. */
abstract class BasicType extends SqlType {
    private final String sqlName;

    /** @param sqlName as format_type prints it and error messages say it: integer, not int4 */
    BasicType(int oid, String name, String sqlName, int length, char category, boolean preferred, int arrayOid) {
        super(oid, name, length, category, preferred, arrayOid);
        this.sqlName = sqlName;
    }

    final String sqlName() {
        return sqlName;
    }

    @Override
    public String formatName(int typeModifier) {
        return sqlName;
    }

    final SqlException invalidSyntax(String text) {
        return new SqlException(
                SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + sqlName + ": \"" + text + "\"");
    }

    final SqlException outOfRange(String text) {
        return new SqlException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value \"" + text + "\" is out of range for type " + sqlName);
    }
}
