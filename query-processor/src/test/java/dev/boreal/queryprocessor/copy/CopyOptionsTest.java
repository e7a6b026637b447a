package dev.boreal.queryprocessor.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FROM STDIN (format foo)                            | 22023 | 20 | COPY format "foo" not recognized
            FROM STDIN (format csv, format csv)                | 42601 | 32 | conflicting or redundant options
            FROM STDIN (bogus 1)                               | 42601 | 20 | option "bogus" not recognized
            FROM STDIN (freeze 3)                              | 42601 | 0 | freeze requires a Boolean value
            FROM STDIN (header 3)                              | 42601 | 0 | header requires a Boolean value or "match"
            TO STDOUT (header match)                           | 0A000 | 0 | cannot use "match" with HEADER in COPY TO
            FROM STDIN (format binary, header)                 | 0A000 | 0 | cannot specify HEADER in BINARY mode
            FROM STDIN (format binary, delimiter ',')          | 42601 | 0 | cannot specify DELIMITER in BINARY mode
            FROM STDIN (format binary, null ',')               | 42601 | 0 | cannot specify NULL in BINARY mode
            FROM STDIN (delimiter ',,')                        | 0A000 | 0 | COPY delimiter must be a single one-byte character
            FROM STDIN (delimiter '')                          | 0A000 | 0 | COPY delimiter must be a single one-byte character
            FROM STDIN (delimiter 'é')                         | 0A000 | 0 | COPY delimiter must be a single one-byte character
            FROM STDIN (delimiter 'a')                         | 22023 | 0 | COPY delimiter cannot be "a"
            FROM STDIN (delimiter E'\\n')                      | 22023 | 0 | COPY delimiter cannot be newline or carriage return
            FROM STDIN (null E'\\n')                           | 22023 | 0 | COPY null representation cannot use newline or carriage return
            FROM STDIN (quote '''')                            | 0A000 | 0 | COPY quote available only in CSV mode
            FROM STDIN (escape '''')                           | 0A000 | 0 | COPY escape available only in CSV mode
            FROM STDIN (format csv, quote '''''')              | 0A000 | 0 | COPY quote must be a single one-byte character
            FROM STDIN (format csv, escape 'xx')               | 0A000 | 0 | COPY escape must be a single one-byte character
            FROM STDIN (format csv, quote ',')                 | 22023 | 0 | COPY delimiter and quote must be different
            FROM STDIN (force_quote *)                         | 0A000 | 0 | COPY force quote available only in CSV mode
            FROM STDIN (format csv, force_quote *)             | 0A000 | 0 | COPY force quote only available using COPY TO
            TO STDOUT (force_not_null (a))                     | 0A000 | 0 | COPY force not null available only in CSV mode
            TO STDOUT (format csv, force_not_null (a))         | 0A000 | 0 | COPY force not null only available using COPY FROM
            TO STDOUT (format csv, force_null (a))             | 0A000 | 0 | COPY force null only available using COPY FROM
            TO STDOUT (force_null (a))                         | 0A000 | 0 | COPY force null available only in CSV mode
            FROM STDIN (format csv, force_null *)              | 22023 | 32 | argument to option "force_null" must be a list of column names
            FROM STDIN (format csv, force_quote a)             | 22023 | 32 | argument to option "force_quote" must be a list of column names
            FROM STDIN (format csv, null '"')                  | 0A000 | 0 | CSV quote character must not appear in the NULL specification
            FROM STDIN (format csv, null ',')                  | 0A000 | 0 | COPY delimiter must not appear in the NULL specification
            FROM STDIN (encoding 'foo')                        | 22023 | 20 | argument to option "encoding" must be a valid encoding name
            FROM STDIN (encoding 'LATIN1')                     | 0A000 | 0 | COPY encoding "LATIN1" is not supported
            FROM STDIN (encoding)                              | 42601 | 0 | encoding requires a parameter
            FROM STDIN (format)                                | 42601 | 0 | format requires a parameter
            FROM STDIN (delimiter 3)                           | 22023 | 0 | COPY delimiter cannot be "3"
            """)
    void refusesAsPostgres(String copy, String sqlState, int position, String message) {
        SqlError error = catchThrowableOfType(SqlException.class, () -> Reading.options(copy))
                .error();
        assertThat(List.of(error.sqlState(), error.position(), error.message()))
                .isEqualTo(List.of(sqlState, position, message));
    }

    @Test
    void fillsInTheDefaultsOfEachFormat() {
        CopyOptions text = Reading.options("FROM STDIN");
        assertThat(text.format()).isEqualTo(CopyFormat.TEXT);
        assertThat(text.delimiter()).isEqualTo((byte) '\t');
        assertThat(text.nullText()).isEqualTo("\\N");
        CopyOptions csv = Reading.options("FROM STDIN WITH CSV HEADER QUOTE ''''");
        assertThat(csv.format()).isEqualTo(CopyFormat.CSV);
        assertThat(csv.header()).isEqualTo(HeaderLine.PRESENT);
        assertThat(csv.delimiter()).isEqualTo((byte) ',');
        assertThat(csv.nullText()).isEmpty();
        assertThat(csv.escape()).isEqualTo((byte) '\'');
    }

    @Test
    void takesBooleansInEverySpelling() {
        assertThat(Reading.options("FROM STDIN (freeze)").freeze()).isTrue();
        assertThat(Reading.options("FROM STDIN (freeze 'Off')").freeze()).isFalse();
        assertThat(Reading.options("FROM STDIN (header 0)").header()).isEqualTo(HeaderLine.ABSENT);
        assertThat(Reading.options("FROM STDIN (header Match)").header()).isEqualTo(HeaderLine.MATCHED);
        assertThat(Reading.options("FROM STDIN (encoding 'UTF-8')").format()).isEqualTo(CopyFormat.TEXT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (c)   | 42703 | column "c" of relation "t" does not exist
            (b)   | 42P10 | FORCE_NULL column "b" not referenced by COPY
            (a,a) | 42701 | column "a" specified more than once
            """)
    void refusesForcedColumnsThatAreNotCopied(String columns, String sqlState, String message) {
        ForcedColumns forced = Reading.options("FROM STDIN (format csv, force_null " + columns + ")")
                .forceNull();
        SqlError error = catchThrowableOfType(
                        SqlException.class, () -> forced.among(List.of("a"), List.of("a", "b")::contains, "t"))
                .error();
        assertThat(error.sqlState()).isEqualTo(sqlState);
        assertThat(error.message()).isEqualTo(message);
    }
}
