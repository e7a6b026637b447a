package dev.boreal.queryprocessor.copy;

import java.util.List;

/**
 * COPY FROM in CSV format. Quotes may begin and end anywhere in a field, as PostgreSQL has it: {@code a"b,c"d} is one
 * field. A field that is one quoted run without escapes is a slice of the input like an unquoted one.
 */
final class CsvReader extends LineReader {
    private final byte quote;
    private final byte escape;
    private final boolean[] forceNotNull;
    private final boolean[] forceNull;

    private final byte[] outside = new byte[256];
    private final byte[] outsideRelaxed = new byte[256];
    private final byte[] inside = new byte[256];
    private final byte[] insideRelaxed = new byte[256];

    private final SpecialBytes outsideSpecials;
    private final SpecialBytes outsideRelaxedSpecials;
    private final SpecialBytes insideSpecials;
    private final SpecialBytes insideRelaxedSpecials;

    private boolean inQuote;
    private int quotedRuns;
    private int quoteOpen;
    private int quoteClose;
    private boolean fieldEscaped;

    /** Fields whose quotes and escapes have to be taken out. */
    private final boolean[] rewritten;

    private boolean anyRewritten;
    private byte[] scratch = new byte[256];

    CsvReader(CopyOptions options, String relation, List<String> columns, boolean[] forceNotNull, boolean[] forceNull) {
        super(options, relation, columns);
        this.quote = options.quote();
        this.escape = options.escape();
        this.forceNotNull = forceNotNull;
        this.forceNull = forceNull;
        this.rewritten = new boolean[columns.size()];
        outsideRelaxed['\n'] = NEWLINE;
        outsideRelaxed['\r'] = RETURN;
        insideRelaxed['\n'] = NEWLINE;
        insideRelaxed['\r'] = RETURN;
        outsideRelaxed[options.delimiter()] = DELIMITER;
        insideRelaxed[escape] = ESCAPE;
        outsideRelaxed[quote] = QUOTE;
        insideRelaxed[quote] = QUOTE;
        outsideSpecials = new SpecialBytes(options.delimiter(), quote, true);
        outsideRelaxedSpecials = new SpecialBytes(options.delimiter(), quote, false);
        insideSpecials = new SpecialBytes(quote, escape, true);
        insideRelaxedSpecials = new SpecialBytes(quote, escape, false);
        makeStrict(outsideRelaxed, outside);
        makeStrict(insideRelaxed, inside);
    }

    private byte[] classes() {
        if (inQuote) {
            return suspect ? insideRelaxed : inside;
        }
        return suspect ? outsideRelaxed : outside;
    }

    private SpecialBytes specials() {
        if (inQuote) {
            return suspect ? insideRelaxedSpecials : insideSpecials;
        }
        return suspect ? outsideRelaxedSpecials : outsideSpecials;
    }

    @Override
    void moved(int by) {
        super.moved(by);
        quoteOpen -= by;
        quoteClose -= by;
    }

    @Override
    void resetLine() {
        inQuote = false;
        quotedRuns = 0;
        fieldEscaped = false;
        anyRewritten = false;
    }

    @Override
    Scan scan() {
        byte[] in = input;
        int end = limit;
        int i = position;
        if (i == start) {
            Scan marker = endMarker();
            if (marker != Scan.LINE) {
                return marker;
            }
        }
        byte[] classes = classes();
        SpecialBytes specials = specials();
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
                    if (!inQuote) {
                        newline();
                        closeField(i);
                        return complete(i, i + 1);
                    }
                    line += lineEnd == LineEnd.NEWLINE ? 1 : 0;
                    i++;
                }
                case RETURN -> {
                    if (!inQuote) {
                        int width = carriageReturn(i);
                        if (width == 0) {
                            return Scan.NEEDS_MORE;
                        }
                        closeField(i);
                        return complete(i, i + width);
                    }
                    line += lineEnd == LineEnd.NEWLINE ? 0 : 1;
                    i++;
                }
                case QUOTE -> {
                    toggleQuote(i++);
                    classes = classes();
                    specials = specials();
                }
                case ESCAPE -> {
                    if (i + 1 == end && !ended) {
                        return Scan.NEEDS_MORE;
                    }
                    boolean escapes = i + 1 < end && (in[i + 1] == quote || in[i + 1] == escape);
                    fieldEscaped |= escapes;
                    i += escapes ? 2 : 1;
                }
                default -> {
                    suspect = true;
                    classes = classes();
                    specials = specials();
                }
            }
        }
    }

    private void toggleQuote(int i) {
        if (inQuote) {
            quoteClose = i;
        } else {
            quotedRuns++;
            quoteOpen = i;
        }
        inQuote = !inQuote;
    }

    /** END for a line of {@code \.}, NEEDS_MORE if that cannot be said yet, otherwise LINE. */
    private Scan endMarker() {
        int last = lineEnd == LineEnd.RETURN_NEWLINE ? start + 3 : start + 2;
        int seen = Math.min(limit, last + 1) - start;
        boolean like = (seen < 1 || input[start] == '\\')
                && (seen < 2 || input[start + 1] == '.')
                && (last == start + 2 || seen < 3 || input[start + 2] == '\r');
        if (like && last >= limit) {
            return !ended ? Scan.NEEDS_MORE : seen == 0 ? Scan.END : Scan.LINE;
        }
        if (!like || (input[last] != '\n' && input[last] != '\r')) {
            return Scan.LINE;
        }
        if (lineEnd != LineEnd.UNKNOWN && (input[last] == '\r') != (lineEnd == LineEnd.RETURN)) {
            throw badFormat("end-of-copy marker does not match previous newline style");
        }
        return Scan.END;
    }

    private void closeField(int to) {
        int index = fieldCount++;
        if (index < offsets.length) {
            int length = to - fieldStart;
            offsets[index] = fieldStart;
            lengths[index] = length;
            rewritten[index] = false;
            if (quotedRuns == 0) {
                if (!forceNotNull[index] && isNullText(input, fieldStart, length)) {
                    lengths[index] = NULL;
                }
            } else if (quotedRuns == 1 && !fieldEscaped && quoteOpen == fieldStart && quoteClose == to - 1) {
                offsets[index] = fieldStart + 1;
                lengths[index] = length - 2;
                if (forceNull[index] && isNullText(input, fieldStart + 1, length - 2)) {
                    lengths[index] = NULL;
                }
            } else {
                rewritten[index] = true;
                anyRewritten = true;
            }
        }
        quotedRuns = 0;
        fieldEscaped = false;
    }

    @Override
    void splitFields() {
        if (inQuote) {
            throw badFormat("unterminated CSV quoted field");
        }
        if (!anyRewritten) {
            fields = input;
            return;
        }
        scratch = roomFor(scratch, lineTo - lineFrom);
        fields = scratch;
        int to = 0;
        for (int i = 0; i < Math.min(fieldCount, offsets.length); i++) {
            if (lengths[i] == NULL) {
                continue;
            }
            int end = to + lengths[i];
            if (rewritten[i]) {
                end = withoutQuotes(offsets[i], lengths[i], to);
            } else {
                System.arraycopy(input, offsets[i], scratch, to, lengths[i]);
            }
            offsets[i] = to;
            lengths[i] = end - to;
            if (rewritten[i] && forceNull[i] && isNullText(scratch, to, end - to)) {
                lengths[i] = NULL;
            }
            to = end;
        }
    }

    private int withoutQuotes(int offset, int length, int to) {
        int i = offset;
        int end = offset + length;
        int out = to;
        boolean quoted = false;
        while (i < end) {
            byte c = input[i++];
            if (quoted && c == escape && i < end && (input[i] == escape || input[i] == quote)) {
                scratch[out++] = input[i++];
            } else if (c == quote) {
                quoted = !quoted;
            } else {
                scratch[out++] = c;
            }
        }
        return out;
    }
}
