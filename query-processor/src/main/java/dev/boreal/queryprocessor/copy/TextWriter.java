package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.util.List;

/** COPY TO in text format. */
final class TextWriter extends LineWriter {
    /** What follows the backslash, per byte; 0 for bytes that stand for themselves. */
    private final byte[] escapes = new byte[256];

    TextWriter(CopyOptions options, List<String> columns, SqlType[] types, TypeContext context) {
        super(options, columns, types, context);
        escapes[options.delimiter()] = options.delimiter();
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        escapes[0x0b] = 'v';
        escapes['\\'] = '\\';
    }

    @Override
    void protect(int from, boolean force) {
        byte[] bytes = out.buffer();
        int end = out.length();
        int i = from;
        while (i < end && escapes[bytes[i] & 0xff] == 0) {
            i++;
        }
        if (i < end) {
            escape(i);
        }
    }

    private void escape(int from) {
        int count = takeBack(from);
        for (int i = 0; i < count; i++) {
            byte c = scratch[i];
            byte letter = escapes[c & 0xff];
            if (letter != 0) {
                out.writeByte('\\');
                out.writeByte(letter);
            } else {
                out.writeByte(c);
            }
        }
    }
}
