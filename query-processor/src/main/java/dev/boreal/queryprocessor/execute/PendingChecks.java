package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.List;

/**
 * Constraint checks that wait for the end of their statement: a foreign key is satisfied by a row that the same
 * statement inserts later, and NO ACTION by rows that it deletes later. Not thread-safe.
 */
public final class PendingChecks {
    private final List<Check> checks = new ArrayList<>();

    /** Looks once more; throws the constraint's error. */
    interface Check {
        void run(Execution execution);
    }

    void add(Check check) {
        checks.add(check);
    }

    /** The statement is over. */
    public void run(Execution execution) {
        for (Check check : checks) {
            check.run(execution);
        }
        checks.clear();
    }
}
