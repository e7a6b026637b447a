package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** array_agg: of values, nulls included, into one dimension; of arrays into one dimension more than they have. */
final class ArrayCollection implements AggregateFunction.State {
    private final int elementOid;
    private final boolean ofArrays;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private int count;
    private @Nullable SqlArray first;

    ArrayCollection(int elementOid, boolean ofArrays) {
        this.elementOid = elementOid;
        this.ofArrays = ofArrays;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        Object value = arguments[0];
        if (ofArrays) {
            addArray((SqlArray) value);
        } else {
            elements.add(value);
        }
        count++;
    }

    private void addArray(@Nullable SqlArray array) {
        if (array == null) {
            throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
        }
        if (array.elements().length == 0) {
            throw new SqlException("2202E", "cannot accumulate empty arrays");
        }
        SqlArray model = first;
        if (model == null) {
            first = array;
        } else if (!Arrays.equals(model.dimensions(), array.dimensions())) {
            throw new SqlException("2202E", "cannot accumulate arrays of different dimensionality");
        }
        elements.addAll(Arrays.asList(array.elements()));
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (count == 0) {
            return null;
        }
        SqlArray model = first;
        if (model == null) {
            return SqlArray.of(elementOid, elements.toArray());
        }
        int[] dimensions = new int[model.dimensions().length + 1];
        int[] lowerBounds = new int[dimensions.length];
        dimensions[0] = count;
        lowerBounds[0] = 1;
        System.arraycopy(model.dimensions(), 0, dimensions, 1, dimensions.length - 1);
        System.arraycopy(model.lowerBounds(), 0, lowerBounds, 1, dimensions.length - 1);
        return new SqlArray(elementOid, dimensions, lowerBounds, elements.toArray());
    }

    @Override
    public boolean collects() {
        return true;
    }
}
