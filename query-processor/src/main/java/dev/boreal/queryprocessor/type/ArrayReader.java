package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one array literal. */
final class ArrayReader {
    private final String text;
    private final SqlType element;
    private final TypeContext context;
    /** Texts of the elements: the whole literal must be well-formed before one of them is read. */
    private final List<@Nullable String> elements = new ArrayList<>();
    /** Length of each dimension, -1 while its first sub-array is still open. */
    private final int[] lengths = new int[ArrayType.MAX_DIMENSIONS];

    private int dimensions;
    private int at;

    ArrayReader(String text, SqlType element, TypeContext context) {
        this.text = text;
        this.element = element;
        this.context = context;
    }

    SqlArray read() {
        List<int[]> bounds = readBounds();
        skipSpace();
        if (at >= text.length() || text.charAt(at) != '{') {
            throw malformed(
                    bounds.isEmpty()
                            ? "Array value must start with \"{\" or dimension information."
                            : "Array contents must start with \"{\".");
        }
        readLevel(0);
        skipSpace();
        if (at < text.length()) {
            throw malformed("Junk after closing right brace.");
        }
        int[] lengthOf = new int[dimensions];
        int[] lowerBounds = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            lengthOf[i] = lengths[i];
            lowerBounds[i] = 1;
        }
        if (!bounds.isEmpty()) {
            if (bounds.size() != dimensions) {
                throw malformed("Specified array dimensions do not match array contents.");
            }
            for (int i = 0; i < dimensions; i++) {
                lowerBounds[i] = bounds.get(i)[0];
                if (bounds.get(i)[1] - bounds.get(i)[0] + 1 != lengthOf[i]) {
                    throw malformed("Specified array dimensions do not match array contents.");
                }
            }
        }
        return elements.isEmpty()
                ? SqlArray.of(element.oid())
                : new SqlArray(element.oid(), lengthOf, lowerBounds, parseElements());
    }

    private @Nullable Object[] parseElements() {
        @Nullable Object[] values = new @Nullable Object[elements.size()];
        for (int i = 0; i < values.length; i++) {
            String item = elements.get(i);
            values[i] = item == null ? null : element.parse(item, context);
        }
        return values;
    }

    private SqlException malformed(@Nullable String detail) {
        return new SqlException(
                SqlError.error(SqlState.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"")
                        .withDetail(detail));
    }

    private void skipSpace() {
        while (at < text.length() && Whitespace.is(text.charAt(at))) {
            at++;
        }
    }

    private List<int[]> readBounds() {
        List<int[]> bounds = new ArrayList<>();
        while (true) {
            skipSpace();
            if (at >= text.length() || text.charAt(at) != '[') {
                break;
            }
            at++;
            if (bounds.size() == ArrayType.MAX_DIMENSIONS) {
                throw tooManyDimensions(bounds.size() + 1);
            }
            int lower = 1;
            int upper = readBound();
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                lower = upper;
                upper = readBound();
            }
            if (at >= text.length() || text.charAt(at) != ']') {
                throw malformed("Missing \"]\" after array dimensions.");
            }
            at++;
            if (upper < lower) {
                throw new SqlException("2202E", "upper bound cannot be less than lower bound");
            }
            bounds.add(new int[] {lower, upper});
        }
        if (!bounds.isEmpty()) {
            if (at >= text.length() || text.charAt(at) != '=') {
                throw malformed("Missing \"=\" after array dimensions.");
            }
            at++;
        }
        return bounds;
    }

    private int readBound() {
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits) {
            throw malformed("\"[\" must introduce explicitly-specified array dimensions.");
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed");
        }
    }

    private static SqlException tooManyDimensions(int count) {
        return new SqlException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "number of array dimensions (" + count + ") exceeds the maximum allowed (" + ArrayType.MAX_DIMENSIONS
                        + ")");
    }

    /** Reads from an opening brace to its closing one. */
    private void readLevel(int depth) {
        if (depth >= ArrayType.MAX_DIMENSIONS) {
            throw tooManyDimensions(depth + 1);
        }
        boolean firstOfDepth = depth >= dimensions;
        if (firstOfDepth) {
            if (!elements.isEmpty()) {
                throw malformed("Unexpected \"{\" character.");
            }
            dimensions = depth + 1;
        }
        at++;
        int count = 0;
        boolean expectItem = false;
        while (true) {
            skipSpace();
            char c = current();
            if (c == '}') {
                if (expectItem || (count == 0 && depth > 0)) {
                    throw malformed("Unexpected \"}\" character.");
                }
                at++;
                break;
            }
            if (c == ',') {
                throw malformed("Unexpected \",\" character.");
            }
            if (c == '{') {
                readLevel(depth + 1);
            } else {
                readElement(depth);
            }
            count++;
            expectItem = false;
            skipSpace();
            char behind = current();
            if (behind == ',') {
                at++;
                expectItem = true;
            } else if (behind != '}') {
                throw malformed(
                        behind == '{' || behind == '\\'
                                ? "Unexpected \"" + behind + "\" character."
                                : "Unexpected array element.");
            }
        }
        if (firstOfDepth) {
            lengths[depth] = count;
        } else if (lengths[depth] != count) {
            throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
        }
    }

    private char current() {
        if (at >= text.length()) {
            throw malformed("Unexpected end of input.");
        }
        return text.charAt(at);
    }

    private void readElement(int depth) {
        if (depth + 1 < dimensions) {
            throw malformed("Unexpected array element.");
        }
        StringBuilder value = new StringBuilder();
        if (current() == '"') {
            at++;
            while (current() != '"') {
                value.append(unescaped());
            }
            at++;
            elements.add(value.toString());
            return;
        }
        boolean escaped = false;
        int end = 0;
        while (true) {
            char c = current();
            if (c == ',' || c == '}') {
                break;
            }
            if (c == '{' || c == '"') {
                throw malformed(c == '{' ? "Unexpected \"{\" character." : "Unexpected array element.");
            }
            boolean escape = c == '\\';
            escaped |= escape;
            value.append(unescaped());
            if (escape || !Whitespace.is(c)) {
                end = value.length();
            }
        }
        value.setLength(end);
        String item = value.toString();
        elements.add(!escaped && item.equalsIgnoreCase("NULL") ? null : item);
    }

    private char unescaped() {
        char c = current();
        at++;
        if (c == '\\') {
            c = current();
            at++;
        }
        return c;
    }
}
