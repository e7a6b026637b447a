package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** format: {@code %[position$][-][width]type} with types s, I, L. One instance reads one pattern. */
final class FormatFunction {
    private final EvaluationContext context;
    private final String pattern;
    private final @Nullable Object[] arguments;
    private final SqlType[] types;
    private final StringBuilder result = new StringBuilder();
    private int at;
    private int nextArgument;

    private FormatFunction(EvaluationContext context, String pattern, @Nullable Object[] arguments, SqlType[] types) {
        this.context = context;
        this.pattern = pattern;
        this.arguments = arguments;
        this.types = types;
    }

    static ScalarFunction of(CallTypes call) {
        SqlType element = call.variadicArray() ? TypeFamily.elementOf(call.argument(1)) : null;
        SqlType[] types = call.arguments().subList(1, call.arguments().size()).toArray(SqlType[]::new);
        return (context, arguments) -> {
            Object pattern = arguments[0];
            if (pattern == null) {
                return null;
            }
            if (element == null) {
                return format(context, (String) pattern, Arrays.copyOfRange(arguments, 1, arguments.length), types);
            }
            @Nullable Object[] elements = arguments[1] instanceof SqlArray array ? array.elements() : new Object[0];
            SqlType[] elementTypes = new SqlType[elements.length];
            Arrays.fill(elementTypes, element);
            return format(context, (String) pattern, elements, elementTypes);
        };
    }

    static String format(EvaluationContext context, String pattern, @Nullable Object[] arguments, SqlType[] types) {
        return new FormatFunction(context, pattern, arguments, types).format();
    }

    private String format() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c != '%') {
                result.append(c);
            } else if (peek() == '%') {
                result.append('%');
                at++;
            } else {
                specifier();
            }
        }
        return result.toString();
    }

    private char peek() {
        if (at >= pattern.length()) {
            throw new SqlException(
                    SqlError.error(SqlState.INVALID_PARAMETER_VALUE, "unterminated format() type specifier")
                            .withHint("For a single \"%\" use \"%%\"."));
        }
        return pattern.charAt(at);
    }

    private int number() {
        long value = 0;
        while (Character.isDigit(peek())) {
            value = value * 10 + (pattern.charAt(at++) - '0');
            if (value > Integer.MAX_VALUE) {
                throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
            }
        }
        return (int) value;
    }

    private void specifier() {
        int position = 0;
        int width = 0;
        if (Character.isDigit(peek())) {
            int number = number();
            if (peek() == '$') {
                at++;
                if (number == 0) {
                    throw Arguments.invalid("format specifies argument 0, but arguments are numbered from 1");
                }
                position = number;
            } else {
                width = number;
            }
        }
        boolean alignLeft = false;
        while (peek() == '-') {
            alignLeft = true;
            at++;
        }
        if (peek() == '*') {
            at++;
            width = widthArgument();
        } else if (Character.isDigit(peek())) {
            width = number();
        }
        if (width < 0) {
            alignLeft = true;
            width = -width;
        }
        char type = peek();
        at++;
        pad(convert(type, position), width, alignLeft);
    }

    private int widthArgument() {
        int position = 0;
        if (Character.isDigit(peek())) {
            position = number();
            if (peek() != '$') {
                throw Arguments.invalid("width argument position must be ended by \"$\"");
            }
            at++;
        }
        Object value = argument(position);
        return value == null ? 0 : Integer.parseInt(types[nextArgument - 1].format(value, context));
    }

    private @Nullable Object argument(int position) {
        if (position > 0) {
            nextArgument = position;
        } else {
            nextArgument++;
        }
        if (nextArgument > arguments.length) {
            throw Arguments.invalid("too few arguments for format()");
        }
        return arguments[nextArgument - 1];
    }

    private String convert(char type, int position) {
        if (type != 's' && type != 'I' && type != 'L') {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_PARAMETER_VALUE, "unrecognized format() type specifier \"" + type + "\"")
                    .withHint("For a single \"%\" use \"%%\"."));
        }
        Object value = argument(position);
        if (value == null) {
            if (type == 'I') {
                throw new SqlException(
                        SqlState.NULL_VALUE_NOT_ALLOWED, "null values cannot be formatted as an SQL identifier");
            }
            return type == 'L' ? "NULL" : "";
        }
        String text = types[nextArgument - 1].format(value, context);
        return switch (type) {
            case 'I' -> Quoting.identifier(text);
            case 'L' -> Quoting.literal(text);
            default -> text;
        };
    }

    private void pad(String text, int width, boolean alignLeft) {
        int missing = width - Strings.length(text);
        if (missing > 0 && !alignLeft) {
            result.repeat(' ', missing);
        }
        result.append(text);
        if (missing > 0 && alignLeft) {
            result.repeat(' ', missing);
        }
    }
}
