package dev.boreal.queryprocessor.copy;

import java.util.List;

/** COPY FROM in text format: fields between delimiters, backslash escapes. */
final class TextReader extends LineReader {
    private final byte[] strict = new byte[256];
    private final byte[] relaxed = new byte[256];

    private final SpecialBytes strictSpecials;
    private final SpecialBytes relaxedSpecials;

    private boolean fieldEscaped;
    private boolean rowEscaped;
    private byte[] scratch = new byte[256];

    TextReader(CopyOptions options, String relation, List<String> columns) {
        super(options, relation, columns);
        relaxed[options.delimiter()] = DELIMITER;
        relaxed['\n'] = NEWLINE;
        relaxed['\r'] = RETURN;
        relaxed['\\'] = BACKSLASH;
        makeStrict(relaxed, strict);
        strictSpecials = new SpecialBytes(options.delimiter(), (byte) '\\', true);
        relaxedSpecials = new SpecialBytes(options.delimiter(), (byte) '\\', false);
    }

    @Override
    void resetLine() {
        fieldEscaped = false;
        rowEscaped = false;
    }

    @Override
    Scan scan() {
        byte[] in = input;
        int end = limit;
        int i = position;
        byte[] classes = suspect ? relaxed : strict;
        SpecialBytes specials = suspect ? relaxedSpecials : strictSpecials;
        while (true) {
            i = specials.next(in, i, end);
            while (i < end && classes[in[i] & 0xff] == PLAIN) {
                i++;
            }
            position = i;
            if (i == end) {
                if (!ended) {
                    return Scan.NEEDS_MORE;
                }
                closeField(i);
                return endOfData();
            }
            switch (classes[in[i] & 0xff]) {
                case DELIMITER -> {
                    closeField(i);
                    fieldStart = ++i;
                }
                case NEWLINE -> {
                    newline();
                    closeField(i);
                    return complete(i, i + 1);
                }
                case RETURN -> {
                    int width = carriageReturn(i);
                    if (width == 0) {
                        return Scan.NEEDS_MORE;
                    }
                    closeField(i);
                    return complete(i, i + width);
                }
                case BACKSLASH -> {
                    if (i + 1 == end && !ended) {
                        return Scan.NEEDS_MORE;
                    }
                    if (i + 1 < end && in[i + 1] == '.') {
                        return endMarker(i);
                    }
                    fieldEscaped = true;
                    if (i + 1 < end && in[i + 1] <= 0) {
                        suspect = true;
                        classes = relaxed;
                        specials = relaxedSpecials;
                    }
                    i = Math.min(end, i + 2);
                }
                default -> {
                    suspect = true;
                    classes = relaxed;
                    specials = relaxedSpecials;
                }
            }
        }
    }

    private void closeField(int to) {
        int length = to - fieldStart;
        if (fieldCount < offsets.length) {
            offsets[fieldCount] = fieldStart;
            if (isNullText(input, fieldStart, length)) {
                lengths[fieldCount] = NULL;
            } else {
                lengths[fieldCount] = length;
                rowEscaped |= fieldEscaped;
            }
        }
        fieldEscaped = false;
        fieldCount++;
    }

    /** {@code \.} at {@code i}: a line end must follow, in the style of the lines before. */
    private Scan endMarker(int i) {
        boolean two = lineEnd == LineEnd.RETURN_NEWLINE;
        int last = two ? i + 3 : i + 2;
        if (last >= limit && !ended) {
            return Scan.NEEDS_MORE;
        }
        if (two && i + 2 < limit && input[i + 2] == '\n') {
            throw badFormat("end-of-copy marker does not match previous newline style");
        }
        boolean lineEnds = last < limit && (input[last] == '\n' || input[last] == '\r');
        if (!lineEnds || (two && input[i + 2] != '\r')) {
            throw badFormat("end-of-copy marker corrupt");
        }
        if (lineEnd != LineEnd.UNKNOWN && (input[last] == '\r') != (lineEnd == LineEnd.RETURN)) {
            throw badFormat("end-of-copy marker does not match previous newline style");
        }
        if (i == start) {
            return Scan.END;
        }
        closeField(i);
        finished = true;
        return complete(i, limit);
    }

    @Override
    void splitFields() {
        if (!rowEscaped) {
            fields = input;
            return;
        }
        scratch = roomFor(scratch, lineTo - lineFrom);
        fields = scratch;
        int to = 0;
        for (int i = 0; i < Math.min(fieldCount, offsets.length); i++) {
            if (lengths[i] != NULL) {
                int end = unescape(offsets[i], lengths[i], to);
                offsets[i] = to;
                lengths[i] = end - to;
                to = end;
            }
        }
    }

    /** Copies a field to {@code scratch} with its escapes resolved and returns where it ends there. */
    private int unescape(int offset, int length, int to) {
        int i = offset;
        int end = offset + length;
        int out = to;
        boolean check = false;
        while (i < end) {
            byte c = input[i++];
            if (c != '\\') {
                scratch[out++] = c;
            } else if (i < end) {
                c = input[i++];
                int value = c;
                if (c >= '0' && c <= '7') {
                    value = c - '0';
                    for (int digits = 1; digits < 3 && i < end && isOctal(input[i]); digits++) {
                        value = (value << 3) + input[i++] - '0';
                    }
                } else if (c == 'x' && i < end && hexadecimal(input[i]) >= 0) {
                    value = hexadecimal(input[i++]);
                    if (i < end && hexadecimal(input[i]) >= 0) {
                        value = (value << 4) + hexadecimal(input[i++]);
                    }
                } else {
                    value = control(c);
                }
                scratch[out++] = (byte) value;
                check |= (byte) value <= 0;
            }
        }
        if (check) {
            Utf8Check.check(scratch, to, out);
        }
        return out;
    }

    private static int control(byte c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> c;
        };
    }

    private static boolean isOctal(byte c) {
        return c >= '0' && c <= '7';
    }

    private static int hexadecimal(byte c) {
        return Character.digit(c, 16);
    }
}
