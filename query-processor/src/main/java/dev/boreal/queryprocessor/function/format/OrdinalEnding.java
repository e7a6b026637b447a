package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.Locale;

/** 1st, 2nd, 3rd, 4th, 11th. */
final class OrdinalEnding {
    private OrdinalEnding() {}

    /** @throws SqlException 22P02 if the text does not end in a digit */
    static String of(String number, boolean small) {
        char last = number.isEmpty() ? ' ' : number.charAt(number.length() - 1);
        if (last < '0' || last > '9') {
            throw new SqlException(SqlState.INVALID_TEXT_REPRESENTATION, "\"" + number + "\" is not a number");
        }
        boolean teen = number.length() > 1 && number.charAt(number.length() - 2) == '1';
        String ending = teen
                ? "TH"
                : switch (last) {
                    case '1' -> "ST";
                    case '2' -> "ND";
                    case '3' -> "RD";
                    default -> "TH";
                };
        return small ? ending.toLowerCase(Locale.ROOT) : ending;
    }
}
