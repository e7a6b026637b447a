package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE or DELETE: its cursor gives RETURNING's rows, or none, and counts what it did. */
public sealed interface ModifyOperator extends Operator permits InsertOperator, UpdateOperator, DeleteOperator {

    @Override
    ModifyCursor open(Execution execution);

    /**
     * The work is done on the first pull, all of it, before the first row of RETURNING comes: a statement sees none of
     * its own changes.
     */
    abstract class ModifyCursor implements Cursor {
        private java.util.@Nullable Iterator<@Nullable Object[]> returned;
        private long affected;

        /** How many rows were inserted, updated or deleted. */
        public final long affected() {
            return affected;
        }

        final void count() {
            affected++;
        }

        /** Does everything and gives the rows of RETURNING, empty without it. */
        abstract java.util.List<@Nullable Object[]> run();

        @Override
        public final @Nullable Object @Nullable [] next() {
            if (returned == null) {
                returned = run().iterator();
            }
            return returned.hasNext() ? returned.next() : null;
        }

        @Override
        public void close() {}
    }
}
