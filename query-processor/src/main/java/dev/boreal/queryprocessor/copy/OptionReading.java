package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Option.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the options of one COPY, then judges them together, in PostgreSQL's order of complaints. */
final class OptionReading {
    private static final Set<String> OTHER_ENCODINGS = Set.of("""
            sqlascii eucjp euccn euckr euctw eucjis2004 muleinternal latin1 latin2 latin3 latin4 latin5
            latin6 latin7 latin8 latin9 latin10 iso88591 iso88592 iso88593 iso88594 iso88595 iso88596
            iso88597 iso88598 iso88599 iso885910 iso885913 iso885914 iso885915 iso885916 koi8 koi8r koi8u
            win win866 win874 win1250 win1251 win1252 win1253 win1254 win1255 win1256 win1257 win1258
            windows1252 windows1250 windows1251 sjis mskanji shiftjis win932 windows932 big5 win950
            windows950 gbk win936 windows936 uhc win949 windows949 gb18030 johab shiftjis2004 alt abc tcvn
            tcvn5712 vscii""".split("\\s+"));

    private final boolean from;
    private final Set<String> given = new HashSet<>();
    private CopyFormat format = CopyFormat.TEXT;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private HeaderLine header = HeaderLine.ABSENT;
    private @Nullable String quote;
    private @Nullable String escape;
    private ForcedColumns forceQuote = ForcedColumns.none("FORCE_QUOTE");
    private ForcedColumns forceNotNull = ForcedColumns.none("FORCE_NOT_NULL");
    private ForcedColumns forceNull = ForcedColumns.none("FORCE_NULL");
    private boolean freeze;

    OptionReading(boolean from) {
        this.from = from;
    }

    void accept(Option option) {
        String name = option.name();
        switch (name) {
            case "format" -> format = formatOf(first(option));
            case "freeze" -> freeze = booleanOf(first(option), "a Boolean value");
            case "delimiter" -> delimiter = textOf(first(option));
            case "null" -> nullText = textOf(first(option));
            case "header" -> header = headerOf(first(option));
            case "quote" -> quote = textOf(first(option));
            case "escape" -> escape = textOf(first(option));
            case "force_quote" -> forceQuote = columnsOf(first(option), true);
            case "force_not_null" -> forceNotNull = columnsOf(first(option), false);
            case "force_null" -> forceNull = columnsOf(first(option), false);
            case "encoding" -> checkEncoding(first(option));
            default -> throw at(SqlState.SYNTAX_ERROR, "option \"" + name + "\" not recognized", option);
        }
    }

    private Option first(Option option) {
        if (!given.add(option.name())) {
            throw at(SqlState.SYNTAX_ERROR, "conflicting or redundant options", option);
        }
        return option;
    }

    private static SqlException at(String sqlState, String message, Option option) {
        return new SqlException(SqlError.error(sqlState, message).withPosition(option.position()));
    }

    private static String textOf(Option option) {
        return switch (option.value()) {
            case Value.Text text -> text.text();
            case Value.Numeral numeral -> numeral.text();
            case Value.Star star -> "*";
            case Value.Texts texts -> String.join(".", texts.items());
            case Value.Type type -> type.type().name().toString();
            case Value.Operator operator -> operator.name().toString();
            case null -> throw new SqlException(SqlState.SYNTAX_ERROR, option.name() + " requires a parameter");
        };
    }

    private static CopyFormat formatOf(Option option) {
        String name = textOf(option);
        return switch (name) {
            case "text" -> CopyFormat.TEXT;
            case "csv" -> CopyFormat.CSV;
            case "binary" -> CopyFormat.BINARY;
            default ->
                throw at(SqlState.INVALID_PARAMETER_VALUE, "COPY format \"" + name + "\" not recognized", option);
        };
    }

    private static boolean booleanOf(Option option, String what) {
        if (option.value() == null) {
            return true;
        }
        String text = textOf(option).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default -> throw new SqlException(SqlState.SYNTAX_ERROR, option.name() + " requires " + what);
        };
    }

    private HeaderLine headerOf(Option option) {
        if (option.value() != null && textOf(option).equalsIgnoreCase("match")) {
            if (!from) {
                throw new SqlException(
                        SqlState.FEATURE_NOT_SUPPORTED, "cannot use \"" + textOf(option) + "\" with HEADER in COPY TO");
            }
            return HeaderLine.MATCHED;
        }
        return booleanOf(option, "a Boolean value or \"match\"") ? HeaderLine.PRESENT : HeaderLine.ABSENT;
    }

    private static ForcedColumns columnsOf(Option option, boolean star) {
        String name = option.name().toUpperCase(Locale.ROOT);
        if (star && option.value() instanceof Value.Star) {
            return new ForcedColumns(name, true, List.of());
        }
        if (option.value() instanceof Value.Texts texts) {
            return new ForcedColumns(name, false, texts.items());
        }
        throw at(
                SqlState.INVALID_PARAMETER_VALUE,
                "argument to option \"" + option.name() + "\" must be a list of column names",
                option);
    }

    private static void checkEncoding(Option option) {
        String name = textOf(option);
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetterOrDigit(name.charAt(i))) {
                plain.append(Character.toLowerCase(name.charAt(i)));
            }
        }
        String encoding = plain.toString();
        if (encoding.equals("utf8") || encoding.equals("unicode")) {
            return;
        }
        if (OTHER_ENCODINGS.contains(encoding)) {
            throw SqlException.notSupported("COPY encoding \"" + name + "\"");
        }
        throw at(
                SqlState.INVALID_PARAMETER_VALUE,
                "argument to option \"encoding\" must be a valid encoding name",
                option);
    }

    CopyOptions options() {
        boolean csv = format == CopyFormat.CSV;
        boolean binary = format == CopyFormat.BINARY;
        if (binary && delimiter != null) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "cannot specify DELIMITER in BINARY mode");
        }
        if (binary && nullText != null) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "cannot specify NULL in BINARY mode");
        }
        String separator = delimiter != null ? delimiter : csv ? "," : "\t";
        String absent = nullText != null ? nullText : csv ? "" : "\\N";
        byte separatorByte = single(separator, "delimiter");
        checkText(separator, absent, csv);
        if (binary && header != HeaderLine.ABSENT) {
            throw unsupported("cannot specify HEADER in BINARY mode");
        }
        onlyInCsv(csv, quote != null, "quote");
        byte quoteByte = single(csv && quote != null ? quote : "\"", "quote");
        if (csv && separatorByte == quoteByte) {
            throw invalid("COPY delimiter and quote must be different");
        }
        onlyInCsv(csv, escape != null, "escape");
        byte escapeByte = csv && escape != null ? single(escape, "escape") : quoteByte;
        checkForced(csv, forceQuote, "quote", !from, "TO");
        checkForced(csv, forceNotNull, "not null", from, "FROM");
        checkForced(csv, forceNull, "null", from, "FROM");
        if (absent.indexOf(separator.charAt(0)) >= 0) {
            throw unsupported("COPY delimiter must not appear in the NULL specification");
        }
        if (csv && absent.indexOf(quoteByte) >= 0) {
            throw unsupported("CSV quote character must not appear in the NULL specification");
        }
        return new CopyOptions(
                format,
                separatorByte,
                absent,
                header,
                quoteByte,
                escapeByte,
                forceQuote,
                forceNotNull,
                forceNull,
                freeze);
    }

    private static void checkText(String separator, String absent, boolean csv) {
        char c = separator.charAt(0);
        if (c == '\r' || c == '\n') {
            throw invalid("COPY delimiter cannot be newline or carriage return");
        }
        if (absent.indexOf('\r') >= 0 || absent.indexOf('\n') >= 0) {
            throw invalid("COPY null representation cannot use newline or carriage return");
        }
        // Such a delimiter would be taken for an escape sequence or the end of the data.
        boolean confusing = c == '\\' || c == '.' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!csv && confusing) {
            throw invalid("COPY delimiter cannot be \"" + separator + "\"");
        }
    }

    private static byte single(String text, String what) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1) {
            throw unsupported("COPY " + what + " must be a single one-byte character");
        }
        return bytes[0];
    }

    private static void onlyInCsv(boolean csv, boolean given, String what) {
        if (!csv && given) {
            throw unsupported("COPY " + what + " available only in CSV mode");
        }
    }

    private static void checkForced(
            boolean csv, ForcedColumns columns, String what, boolean rightDirection, String direction) {
        onlyInCsv(csv, columns.given(), "force " + what);
        if (columns.given() && !rightDirection) {
            throw unsupported("COPY force " + what + " only available using COPY " + direction);
        }
    }

    private static SqlException unsupported(String message) {
        return new SqlException(SqlState.FEATURE_NOT_SUPPORTED, message);
    }

    private static SqlException invalid(String message) {
        return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
