package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.type.RowType;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of an expression whose value is a row of known shape. */
record Composite(List<String> names, List<SqlType> types) {

    static @Nullable Composite of(BoundExpression expression) {
        if (expression instanceof BoundExpression.Row row) {
            List<SqlType> types = new ArrayList<>();
            for (BoundExpression field : row.fields()) {
                types.add(field.type());
            }
            return new Composite(row.names(), types);
        }
        return expression.type() instanceof RowType row ? new Composite(row.names(), row.types()) : null;
    }

    BoundExpression field(BoundExpression base, int index) {
        return base instanceof BoundExpression.Row row
                ? row.fields().get(index)
                : new BoundExpression.FieldOf(base, index, types.get(index), -1);
    }
}
