package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE or DELETE: its cursor gives RETURNING's rows, or none, and counts what it did. */
public sealed interface ModifyOperator extends Operator
        permits InsertOperator, UpdateOperator, DeleteOperator, ModifyWithParts {

    @Override
    ModifyCursor open(Execution execution);

    /**
     * The work is done on the first pull, all of it, before the first row of RETURNING comes. Of several parts of one
     * statement that change the same row the first one does; the others leave it alone.
     */
    abstract class ModifyCursor implements Cursor {
        private final Execution execution;
        private java.util.@Nullable Iterator<@Nullable Object[]> returned;
        private long affected;

        ModifyCursor(Execution execution) {
            this.execution = execution;
        }

        /** How many rows were inserted, updated or deleted. */
        public final long affected() {
            return affected;
        }

        final void count() {
            affected++;
        }

        final void count(long rows) {
            affected += rows;
        }

        /** Does everything and gives the rows of RETURNING, empty without it. */
        abstract java.util.List<@Nullable Object[]> run();

        @Override
        public final @Nullable Object @Nullable [] next() {
            if (returned == null) {
                execution.partBegins();
                returned = run().iterator();
                execution.partEnds();
            }
            return returned.hasNext() ? returned.next() : null;
        }

        @Override
        public void close() {}
    }
}
