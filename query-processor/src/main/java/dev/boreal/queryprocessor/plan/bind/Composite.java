package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
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
        if (expression instanceof BoundExpression.Call call) {
            return of(call.function().outputColumns());
        }
        return expression instanceof BoundExpression.SetCall set
                ? of(set.function().outputColumns())
                : null;
    }

    private static @Nullable Composite of(List<FunctionSignature.OutputColumn> columns) {
        if (columns.size() < 2) {
            return null;
        }
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (FunctionSignature.OutputColumn column : columns) {
            names.add(column.name());
            types.add(column.type());
        }
        return new Composite(names, types);
    }

    BoundExpression field(BoundExpression base, int index) {
        return base instanceof BoundExpression.Row row
                ? row.fields().get(index)
                : new BoundExpression.FieldOf(base, index, types.get(index), -1);
    }
}
