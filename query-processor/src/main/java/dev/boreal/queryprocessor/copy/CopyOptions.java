package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.syntax.tree.Option;
import java.util.List;

/**
 * The options of one COPY, checked and complete. Text data are UTF-8 always.
 *
 * @param delimiter between fields; unused in binary format
 * @param nullText how NULL is written; unused in binary format
 * @param quote CSV only
 * @param escape before a quote within quotes; CSV only
 * @param forceQuote COPY TO in CSV: columns quoted whenever they are not NULL
 * @param forceNotNull COPY FROM in CSV: columns in which the null text is read as text
 * @param forceNull COPY FROM in CSV: columns in which the quoted null text is read as NULL
 * @param freeze whether FREEZE was asked for, which only a table created or truncated by the transaction allows
 */
public record CopyOptions(
        CopyFormat format,
        byte delimiter,
        String nullText,
        HeaderLine header,
        byte quote,
        byte escape,
        ForcedColumns forceQuote,
        ForcedColumns forceNotNull,
        ForcedColumns forceNull,
        boolean freeze) {

    /**
     * The options as the statement gives them.
     *
     * @param from whether this is COPY FROM
     * @throws dev.boreal.contracts.sql.SqlException as PostgreSQL: 42601 for unknown, repeated and misplaced options,
     *     22023 for values that make no sense, 0A000 for combinations that are not supported
     */
    public static CopyOptions of(List<Option> options, boolean from) {
        OptionReading reading = new OptionReading(from);
        for (Option option : options) {
            reading.accept(option);
        }
        return reading.options();
    }
}
