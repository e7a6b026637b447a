package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.transaction.Reads;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One run of one plan: what changes between two executions of it. One thread.
 *
 * <p>Rows of enclosing queries stand in numbered slots: an operator that evaluates a correlated input puts its current
 * row into the slot that the planner gave it, and the input's expressions read it from there.
 *
 * <p>All parts of a statement {@linkplain #reads read} the transaction as it was when the execution was made, and see
 * nothing of what they write; constraints look at the {@linkplain #transaction transaction} as it is. What foreign keys
 * check and do waits until the last part is done.
 */
public final class Execution implements AutoCloseable {
    private final EvaluationContext context;
    private final Transaction transaction;
    private final Transaction.View view;
    private final PendingChecks pending = new PendingChecks();
    private Reads reads;
    private int parts;
    private final @Nullable Object[] parameters;
    private @Nullable Object[] @Nullable [] outerRows;
    private final @Nullable Object[] shared;
    private final Workspace workspace;
    private @Nullable Profile profile;
    private final ArrayList<Operator.Cursor> keptOpen = new ArrayList<>();

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
        this(context, transaction, parameters, outerSlots, sharedSlots, new Workspace());
    }

    /** @param workspace what operators may hold in memory */
    public Execution(
            EvaluationContext context,
            Transaction transaction,
            @Nullable Object[] parameters,
            int outerSlots,
            int sharedSlots,
            Workspace workspace) {
        this.workspace = workspace;
        this.context = context;
        this.transaction = transaction;
        view = transaction.view();
        reads = view;
        this.parameters = parameters;
        this.outerRows = new Object[outerSlots][];
        this.shared = new Object[sharedSlots];
    }

    public EvaluationContext context() {
        return context;
    }

    /** What is written to, and what constraints look at: everything written so far is there. */
    public Transaction transaction() {
        return transaction;
    }

    /** What queries read. */
    public Reads reads() {
        return reads;
    }

    /** Has queries read something else, and returns what they read before, for the caller to put back. */
    Reads exchangeReads(Reads other) {
        Reads before = reads;
        reads = other;
        return before;
    }

    /** Whether this execution has written a row already, or taken it away. */
    boolean isChanged(byte[] rowKey) {
        return view.isChanged(rowKey);
    }

    // Parts -----------------------------------------------------------------------------------------------------

    /** What waits for the end of the statement. */
    PendingChecks pending() {
        return pending;
    }

    /** A modification begins, which may be within another one. */
    void partBegins() {
        parts++;
    }

    /** A modification is over; with the outermost one the statement is. */
    void partEnds() {
        if (parts == 1) {
            pending.run(this);
        }
        parts--;
    }

    // Values ----------------------------------------------------------------------------------------------------

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

    /** Puts a row into a slot, or empties it, and returns what was there, for the caller to put back. */
    public @Nullable Object @Nullable [] exchangeOuterRow(int slot, @Nullable Object @Nullable [] row) {
        if (slot >= outerRows.length) {
            outerRows = java.util.Arrays.copyOf(outerRows, slot + 1);
        }
        @Nullable Object[] before = outerRows[slot];
        outerRows[slot] = row;
        return before;
    }

    /** State that operators of one plan share in this execution: materialised CTEs, working tables. */
    public @Nullable Object shared(int slot) {
        return shared[slot];
    }

    public void setShared(int slot, @Nullable Object value) {
        shared[slot] = value;
    }

    /** Starts an operator of this plan: the root as well as inputs, so that a profile sees all of them. */
    public Operator.Cursor open(Operator operator) {
        return profile == null ? operator.open(this) : profile.open(operator, this);
    }

    /** Has every operator opened from now on measured, for EXPLAIN ANALYZE. */
    public void measure(Profile newProfile) {
        profile = newProfile;
    }

    /** A sort has its rows in order: for EXPLAIN ANALYZE. */
    void sorted(Operator operator, String method, boolean onDisk, long bytes) {
        if (profile != null) {
            profile.sorted(operator, new Profile.Sorting(method, onDisk, bytes));
        }
    }

    /** What operators may hold in memory. */
    public Workspace workspace() {
        return workspace;
    }

    /** Has {@link #close} close a cursor that no single operator owns. */
    void keepOpen(Operator.Cursor cursor) {
        keptOpen.add(cursor);
    }

    /** Closes what {@link #keepOpen} was told of before this execution ends. */
    void closeEarly(Operator.Cursor cursor) {
        keptOpen.remove(cursor);
        cursor.close();
    }

    /** Ends what operators share, such as CTEs that were not read to their end. To be called after the plan's cursor is closed. */
    @Override
    public void close() {
        for (int i = keptOpen.size() - 1; i >= 0; i--) {
            keptOpen.get(i).close();
        }
        keptOpen.clear();
        view.close();
    }

    public void checkCancelled() {
        context.checkCancelled();
    }
}
