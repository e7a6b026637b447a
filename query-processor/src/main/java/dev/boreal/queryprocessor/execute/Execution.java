package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One run of one plan: what changes between two executions of it. One thread.
 *
 * <p>Rows of enclosing queries stand in numbered slots: an operator that evaluates a correlated input puts its current
 * row into the slot that the planner gave it, and the input's expressions read it from there.
 */
public final class Execution {
    private final EvaluationContext context;
    private final Transaction transaction;
    private final @Nullable Object[] parameters;
    private final @Nullable Object[] @Nullable [] outerRows;
    private final @Nullable Object[] shared;

    /**
     * @param parameters values of $1, $2, … in the types that the plan inferred
     * @param outerSlots how many slots for outer rows the plan needs
     * @param sharedSlots how many slots for state shared between operators (materialised CTEs) the plan needs
     */
    public Execution(
            EvaluationContext context,
            Transaction transaction,
            @Nullable Object[] parameters,
            int outerSlots,
            int sharedSlots) {
        this.context = context;
        this.transaction = transaction;
        this.parameters = parameters;
        this.outerRows = new Object[outerSlots][];
        this.shared = new Object[sharedSlots];
    }

    public EvaluationContext context() {
        return context;
    }

    public Transaction transaction() {
        return transaction;
    }

    /** The value of {@code $number}. */
    public @Nullable Object parameter(int number) {
        return parameters[number - 1];
    }

    public @Nullable Object[] outerRow(int slot) {
        @Nullable Object[] row = outerRows[slot];
        if (row == null) {
            throw new IllegalStateException("no row in outer slot " + slot);
        }
        return row;
    }

    public void setOuterRow(int slot, @Nullable Object[] row) {
        outerRows[slot] = row;
    }

    /** State that operators of one plan share in this execution: materialised CTEs, working tables. */
    public @Nullable Object shared(int slot) {
        return shared[slot];
    }

    public void setShared(int slot, @Nullable Object value) {
        shared[slot] = value;
    }

    public void checkCancelled() {
        context.checkCancelled();
    }
}
