package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of COPY FROM out of data that arrive in pieces, cut anywhere. Use: {@link #feed} a piece, call {@link #next}
 * until it says false, feed the next piece; after the last, {@link #end} and {@link #next} until it says false. One
 * thread at a time.
 *
 * <p>After {@link #next} said true, field {@code i} is the bytes of {@link #buffer} from {@code offsets()[i]}, {@code
 * lengths()[i]} of them, with escapes already resolved; they hold until the next call of {@link #next} or {@link #feed}.
 * A length of {@link #NULL} is NULL. A length of {@link #MISSING} means that the line is too short: the caller throws
 * {@link #missingData} when it comes to that field, because an error in an earlier field goes first. A text row is
 * UTF-8 already checked; the fields of a binary row are not.
 */
public abstract sealed class CopyReader permits LineReader, BinaryReader {
    public static final int NULL = -1;
    public static final int MISSING = -2;

    /** A longer row is refused with 54000 rather than filling the heap. */
    static final int LONGEST_ROW = 256 << 20;

    /** How much of a value or line an error shows. */
    private static final int SHOWN_BYTES = 100;

    final List<String> columns;
    final int[] offsets;
    final int[] lengths;

    /** Data not yet consumed are {@code input[start, limit)}. */
    byte[] input = new byte[1 << 16];

    int start;
    int limit;
    boolean ended;
    boolean finished;
    long line;

    /** Where the fields are: {@code input}, or a copy of the row with its escapes resolved. */
    byte[] fields = input;

    private final String relation;

    CopyReader(String relation, List<String> columns) {
        this.relation = relation;
        this.columns = List.copyOf(columns);
        this.offsets = new int[columns.size()];
        this.lengths = new int[columns.size()];
    }

    /**
     * @param relation the table's name, for errors
     * @param columns names of the copied columns, in the order of the fields
     * @param forceNotNull one per column; see {@link ForcedColumns#among}
     * @param forceNull one per column
     */
    public static CopyReader of(
            CopyOptions options, String relation, List<String> columns, boolean[] forceNotNull, boolean[] forceNull) {
        return switch (options.format()) {
            case TEXT -> new TextReader(options, relation, columns);
            case CSV -> new CsvReader(options, relation, columns, forceNotNull, forceNull);
            case BINARY -> new BinaryReader(relation, columns);
        };
    }

    /** Takes a piece of data, which is copied. */
    public final void feed(byte[] bytes, int offset, int count) {
        if (finished) {
            return;
        }
        if (count > input.length - limit) {
            makeRoom(count);
        }
        System.arraycopy(bytes, offset, input, limit, count);
        limit += count;
    }

    public final void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    private void makeRoom(int count) {
        int kept = limit - start;
        if (kept > LONGEST_ROW) {
            throw located(new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "row of COPY data is too long"));
        }
        int needed = kept + count;
        byte[] to = needed > input.length ? new byte[Math.max(needed, 2 * input.length)] : input;
        System.arraycopy(input, start, to, 0, kept);
        moved(start);
        input = to;
        limit = kept;
        start = 0;
    }

    /** The data not yet consumed lie {@code by} bytes lower now. */
    abstract void moved(int by);

    /** Says that there is no more data. */
    public final void end() {
        ended = true;
    }

    /**
     * Moves to the next row; false if that needs more data, or if there is no further row.
     *
     * @throws SqlException for malformed data, with its line as WHERE; the reader is of no use afterwards
     */
    public final boolean next() {
        if (finished) {
            return false;
        }
        try {
            return advance();
        } catch (SqlException e) {
            finished = true;
            throw located(e);
        }
    }

    abstract boolean advance();

    /** Whether the end of the rows was reached: further data are ignored, as PostgreSQL does after {@code \.}. */
    public final boolean finished() {
        return finished;
    }

    public final byte[] buffer() {
        return fields;
    }

    public final int[] offsets() {
        return offsets;
    }

    public final int[] lengths() {
        return lengths;
    }

    /** The line (in binary format, the row) of the current row, counted from 1; a row of several lines has its last. */
    public final long line() {
        return line;
    }

    /** The error for a row that ends before column {@code index}. */
    public final SqlException missingData(int index) {
        return located(badFormat("missing data for column \"" + columns.get(index) + "\""));
    }

    static SqlException badFormat(String message) {
        return new SqlException(SqlState.BAD_COPY_FILE_FORMAT, message);
    }

    /** The error with WHERE saying what was being read: the line and, where there is one, its text. */
    public final SqlException located(SqlException e) {
        // Before the first line there is only binary format's header, which PostgreSQL does not place.
        return line == 0 ? e : withWhere(e, place(line) + lineText());
    }

    /** The error with WHERE naming the column of the current row and the field's text. */
    public final SqlException located(SqlException e, int column) {
        String text;
        if (!showsText()) {
            text = "";
        } else if (lengths[column] == NULL) {
            text = ": null input";
        } else {
            text = ": \"" + shown(fields, offsets[column], lengths[column]) + "\"";
        }
        return withWhere(e, place(line) + ", column " + columns.get(column) + text);
    }

    /** The error with WHERE naming a line that has been passed: for what turns up when rows are stored in groups. */
    public final SqlException located(SqlException e, long earlierLine) {
        return withWhere(e, place(earlierLine));
    }

    private String place(long number) {
        return "COPY " + relation + ", line " + number;
    }

    /** {@code : "the line"} if the line is complete, otherwise nothing. */
    abstract String lineText();

    abstract boolean showsText();

    static SqlException withWhere(SqlException e, String where) {
        SqlError error = e.error();
        return error.where() == null ? new SqlException(error.withWhere(where)) : e;
    }

    static String shown(byte[] bytes, int offset, int count) {
        if (count <= SHOWN_BYTES) {
            return new String(bytes, offset, count, StandardCharsets.UTF_8);
        }
        int cut = SHOWN_BYTES;
        while (cut > 0 && (bytes[offset + cut] & 0xc0) == 0x80) {
            cut--;
        }
        return new String(bytes, offset, cut, StandardCharsets.UTF_8) + "...";
    }

    final byte[] roomFor(byte[] scratch, int count) {
        return count <= scratch.length ? scratch : Arrays.copyOf(scratch, Math.max(count, 2 * scratch.length));
    }
}
