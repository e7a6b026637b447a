package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the text and CSV formats share: lines, one style of line end throughout, the end marker {@code \.}, the header.
 *
 * <p>A line is scanned once. The scan notes where each field begins and ends and stops at bytes that mean something,
 * by a table with one entry per byte value. It can pause at any byte for lack of data: its state is in fields.
 */
abstract sealed class LineReader extends CopyReader permits TextReader, CsvReader {
    // Classes of bytes.
    static final byte PLAIN = 0;
    static final byte DELIMITER = 1;
    static final byte NEWLINE = 2;
    static final byte RETURN = 3;
    static final byte BACKSLASH = 4;
    static final byte QUOTE = 5;
    static final byte ESCAPE = 6;
    /** Not ASCII, or zero: the line must be checked. */
    static final byte SUSPECT = 7;

    /** How the lines end; once known, every line must end so. */
    enum LineEnd {
        UNKNOWN,
        NEWLINE,
        RETURN,
        RETURN_NEWLINE
    }

    /** What the scan came to. */
    enum Scan {
        LINE,
        NEEDS_MORE,
        END
    }

    final byte[] nullText;
    LineEnd lineEnd = LineEnd.UNKNOWN;

    /** The scan's place; everything in {@code input[start, position)} belongs to the current line. */
    int position;

    int fieldStart;
    int fieldCount;
    boolean suspect;
    private boolean inLine;

    /** The whole line is {@code input[lineFrom, lineTo)}, valid if {@code lineKnown}. */
    int lineFrom;

    int lineTo;
    private boolean lineKnown;

    private final HeaderLine header;
    private boolean headerSeen;

    LineReader(CopyOptions options, String relation, List<String> columns) {
        super(relation, columns);
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.header = options.header();
        this.headerSeen = header == HeaderLine.ABSENT;
    }

    /** The table for lines that are not known to need a check, from that for those that are. */
    static void makeStrict(byte[] relaxed, byte[] strict) {
        System.arraycopy(relaxed, 0, strict, 0, 256);
        strict[0] = SUSPECT;
        for (int i = 128; i < 256; i++) {
            strict[i] = SUSPECT;
        }
    }

    @Override
    void moved(int by) {
        position -= by;
        fieldStart -= by;
        lineKnown = false;
        for (int i = 0; i < Math.min(fieldCount, offsets.length); i++) {
            offsets[i] -= by;
        }
    }

    @Override
    final boolean advance() {
        if (!headerSeen && !passHeader()) {
            return false;
        }
        if (!readLine()) {
            return false;
        }
        splitFields();
        if (fieldCount > offsets.length && (offsets.length > 0 || lineTo > lineFrom)) {
            throw badFormat("extra data after last expected column");
        }
        for (int i = fieldCount; i < lengths.length; i++) {
            lengths[i] = MISSING;
        }
        return true;
    }

    private boolean readLine() {
        if (!inLine) {
            beginLine();
        }
        Scan scan = scan();
        if (scan == Scan.NEEDS_MORE) {
            return false;
        }
        inLine = false;
        if (scan == Scan.END) {
            finished = true;
            return false;
        }
        if (suspect) {
            Utf8Check.check(input, lineFrom, lineTo);
        }
        lineKnown = true;
        return true;
    }

    private void beginLine() {
        inLine = true;
        lineKnown = false;
        line++;
        position = start;
        fieldStart = start;
        fieldCount = 0;
        suspect = false;
        resetLine();
    }

    abstract void resetLine();

    /** Scans on from {@code position}. */
    abstract Scan scan();

    /** Turns the noted fields into slices of {@code fields}. */
    abstract void splitFields();

    /** The line ends before {@code end}, and the next begins at {@code next}. */
    final Scan complete(int end, int next) {
        lineFrom = start;
        lineTo = end;
        start = next;
        position = next;
        return Scan.LINE;
    }

    /** The data end where the scan is; what has been read of a line is a line. */
    final Scan endOfData() {
        if (position == start) {
            return Scan.END;
        }
        finished = true;
        return complete(limit, limit);
    }

    /** A newline that ends a line, at {@code i}. */
    final void newline() {
        if (lineEnd == LineEnd.UNKNOWN) {
            lineEnd = LineEnd.NEWLINE;
        } else if (lineEnd != LineEnd.NEWLINE) {
            throw literal("newline", "\\n");
        }
    }

    /** How many bytes the line end at {@code i}, a carriage return, has; 0 if that needs more data. */
    final int carriageReturn(int i) {
        if (lineEnd == LineEnd.NEWLINE) {
            throw literal("carriage return", "\\r");
        }
        if (lineEnd == LineEnd.RETURN) {
            return 1;
        }
        if (i + 1 == limit && !ended) {
            return 0;
        }
        if (i + 1 < limit && input[i + 1] == '\n') {
            lineEnd = LineEnd.RETURN_NEWLINE;
            return 2;
        }
        if (lineEnd == LineEnd.RETURN_NEWLINE) {
            throw literal("carriage return", "\\r");
        }
        lineEnd = LineEnd.RETURN;
        return 1;
    }

    private SqlException literal(String what, String sequence) {
        boolean csv = this instanceof CsvReader;
        String message = (csv ? "unquoted " : "literal ") + what + " found in data";
        String hint = csv
                ? "Use quoted CSV field to represent " + what + "."
                : "Use \"" + sequence + "\" to represent " + what + ".";
        return new SqlException(
                SqlError.error(SqlState.BAD_COPY_FILE_FORMAT, message).withHint(hint));
    }

    /** Whether the bytes are the null text. */
    final boolean isNullText(byte[] bytes, int offset, int count) {
        if (count != nullText.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[offset + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean passHeader() {
        if (!readLine()) {
            return false;
        }
        headerSeen = true;
        if (header == HeaderLine.MATCHED) {
            splitFields();
            matchHeader();
        }
        return !finished;
    }

    private void matchHeader() {
        if (fieldCount != columns.size()) {
            throw badFormat(
                    "wrong number of fields in header line: got " + fieldCount + ", expected " + columns.size());
        }
        for (int i = 0; i < fieldCount; i++) {
            String expected = columns.get(i);
            String mismatch = "column name mismatch in header line field " + (i + 1) + ": got ";
            if (lengths[i] == NULL) {
                throw badFormat(mismatch + "null value (\"" + new String(nullText, StandardCharsets.UTF_8)
                        + "\"), expected \"" + expected + "\"");
            }
            String name = new String(fields, offsets[i], lengths[i], StandardCharsets.UTF_8);
            if (!name.equals(expected)) {
                throw badFormat(mismatch + "\"" + name + "\", expected \"" + expected + "\"");
            }
        }
    }

    @Override
    final String lineText() {
        return lineKnown ? ": \"" + shown(input, lineFrom, lineTo - lineFrom) + "\"" : "";
    }

    @Override
    final boolean showsText() {
        return true;
    }
}
