package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COPY TO in binary format. */
final class BinaryWriter extends CopyWriter {

    BinaryWriter(List<String> columns, SqlType[] types, TypeContext context) {
        super(columns, types, context);
    }

    @Override
    void writeHeader() {
        out.writeBytes(BinaryReader.SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    @Override
    void writeRow(@Nullable Object[] values) {
        out.writeShort(types.length);
        for (int i = 0; i < types.length; i++) {
            Object value = values[i];
            int from = out.length();
            out.writeInt(-1);
            if (value != null) {
                types[i].writeBinary(value, sink, context);
                int end = out.length();
                out.setLength(from);
                out.writeInt(end - from - 4);
                out.setLength(end);
            }
        }
    }

    @Override
    void writeTrailer() {
        out.writeShort(-1);
    }
}
