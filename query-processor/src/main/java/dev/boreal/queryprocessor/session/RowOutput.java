package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a result's description and its rows to the client. */
final class RowOutput {
    private RowOutput() {}

    /** The format of column {@code index} out of the format codes of Bind: none, one for all, or one each. */
    static short format(short[] formats, int index) {
        return switch (formats.length) {
            case 0 -> FieldDescription.TEXT;
            case 1 -> formats[0];
            default -> formats[index];
        };
    }

    static List<FieldDescription> describe(List<OutputColumn> columns, short[] formats) {
        List<FieldDescription> fields = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            fields.add(new FieldDescription(
                    column.name(),
                    column.tableOid(),
                    (short) column.columnNumber(),
                    column.type().oid(),
                    column.type().length(),
                    column.typeModifier(),
                    format(formats, i)));
        }
        return fields;
    }

    static void row(
            @Nullable Object[] row, List<OutputColumn> columns, short[] formats, ResultSink sink, TypeContext context) {
        int count = columns.size();
        sink.beginRow(count);
        for (int i = 0; i < count; i++) {
            Object value = row[i];
            if (value == null) {
                sink.nullField();
                continue;
            }
            SqlType type = columns.get(i).type();
            if (format(formats, i) == FieldDescription.BINARY) {
                type.writeBinary(value, sink, context);
            } else {
                type.writeText(value, sink, context);
            }
        }
        sink.endRow();
    }
}
