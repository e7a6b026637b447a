package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What writing text and CSV share: lines of delimited fields, which are escaped only where a scan finds the need. */
abstract sealed class LineWriter extends CopyWriter permits TextWriter, CsvWriter {
    private final byte delimiter;
    private final byte[] nullText;
    private final boolean header;

    /** A field that has to be written anew. */
    byte[] scratch = new byte[256];

    LineWriter(CopyOptions options, List<String> columns, SqlType[] types, TypeContext context) {
        super(columns, types, context);
        this.delimiter = options.delimiter();
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.header = options.header() != HeaderLine.ABSENT;
    }

    @Override
    final void writeHeader() {
        if (!header) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            separate(i);
            int from = out.length();
            out.writeUtf8(columns.get(i));
            protect(from, false);
        }
        out.writeByte('\n');
    }

    @Override
    final void writeRow(@Nullable Object[] values) {
        for (int i = 0; i < types.length; i++) {
            separate(i);
            Object value = values[i];
            if (value == null) {
                out.writeBytes(nullText);
            } else {
                int from = out.length();
                types[i].writeText(value, sink, context);
                protect(from, forced(i));
            }
        }
        out.writeByte('\n');
    }

    @Override
    final void writeTrailer() {}

    private void separate(int column) {
        if (column > 0) {
            out.writeByte(delimiter);
        }
    }

    boolean forced(int column) {
        return false;
    }

    /** Quotes or escapes the field that was written last, from {@code from} on, if it needs to be. */
    abstract void protect(int from, boolean force);

    final boolean isNullText(int from) {
        byte[] bytes = out.buffer();
        int count = out.length() - from;
        if (count != nullText.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[from + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    /** Moves the field from {@code from} on to {@code scratch} and returns its length. */
    final int takeBack(int from) {
        int count = out.length() - from;
        if (count > scratch.length) {
            scratch = new byte[Math.max(count, 2 * scratch.length)];
        }
        System.arraycopy(out.buffer(), from, scratch, 0, count);
        out.setLength(from);
        return count;
    }
}
