package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.util.List;

/** COPY TO in CSV format. */
final class CsvWriter extends LineWriter {
    private final byte quote;
    private final byte escape;
    private final boolean[] forceQuote;
    private final boolean[] special = new boolean[256];

    CsvWriter(CopyOptions options, List<String> columns, SqlType[] types, boolean[] forceQuote, TypeContext context) {
        super(options, columns, types, context);
        this.quote = options.quote();
        this.escape = options.escape();
        this.forceQuote = forceQuote;
        special[options.delimiter()] = true;
        special[quote] = true;
        special['\n'] = true;
        special['\r'] = true;
    }

    @Override
    boolean forced(int column) {
        return forceQuote[column];
    }

    @Override
    void protect(int from, boolean force) {
        if (force || isNullText(from) || hasSpecial(from) || isEndMarker(from)) {
            int count = takeBack(from);
            out.writeByte(quote);
            for (int i = 0; i < count; i++) {
                byte c = scratch[i];
                if (c == quote || c == escape) {
                    out.writeByte(escape);
                }
                out.writeByte(c);
            }
            out.writeByte(quote);
        }
    }

    private boolean hasSpecial(int from) {
        byte[] bytes = out.buffer();
        int end = out.length();
        for (int i = from; i < end; i++) {
            if (special[bytes[i] & 0xff]) {
                return true;
            }
        }
        return false;
    }

    /** A line that consists of {@code \.} would end the data when it is read. */
    private boolean isEndMarker(int from) {
        byte[] bytes = out.buffer();
        return types.length == 1 && out.length() == from + 2 && bytes[from] == '\\' && bytes[from + 1] == '.';
    }
}
