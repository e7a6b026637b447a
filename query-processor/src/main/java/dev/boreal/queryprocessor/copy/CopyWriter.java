package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of COPY TO as bytes. Use: {@link #begin}, {@link #row} for each row, {@link #finish}; after each call send {@link
 * #buffer}'s first {@link #length} bytes as one message if there are any. One thread at a time.
 */
public abstract sealed class CopyWriter permits LineWriter, BinaryWriter {
    final List<String> columns;
    final SqlType[] types;
    final TypeContext context;
    final FieldBytes sink = new FieldBytes();
    final ByteWriter out = sink.bytes();

    CopyWriter(List<String> columns, SqlType[] types, TypeContext context) {
        this.columns = List.copyOf(columns);
        this.types = types.clone();
        this.context = context;
    }

    /**
     * @param columns names of the copied columns
     * @param types one per column
     * @param forceQuote one per column; see {@link ForcedColumns#among}
     * @param context the session's settings, which dates and numbers are printed by
     */
    public static CopyWriter of(
            CopyOptions options, List<String> columns, SqlType[] types, boolean[] forceQuote, TypeContext context) {
        return switch (options.format()) {
            case TEXT -> new TextWriter(options, columns, types, context);
            case CSV -> new CsvWriter(options, columns, types, forceQuote, context);
            case BINARY -> new BinaryWriter(columns, types, context);
        };
    }

    /** Writes what goes before the first row: a header or nothing. */
    public final void begin() {
        out.reset();
        writeHeader();
    }

    /** Writes one row, one value per column. */
    public final void row(@Nullable Object[] values) {
        out.reset();
        writeRow(values);
    }

    /** Writes what goes after the last row: a trailer or nothing. */
    public final void finish() {
        out.reset();
        writeTrailer();
    }

    /** The bytes of the last call; overwritten by the next. */
    public final byte[] buffer() {
        return out.buffer();
    }

    public final int length() {
        return out.length();
    }

    abstract void writeHeader();

    abstract void writeRow(@Nullable Object[] values);

    abstract void writeTrailer();
}
