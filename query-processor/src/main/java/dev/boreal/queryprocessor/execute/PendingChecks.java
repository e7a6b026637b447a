package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.List;

/**
 * What foreign keys check and do at the end of their statement, in the order it came up: a foreign key is satisfied by a row
 * that the same statement inserts later, RESTRICT and NO ACTION by rows that it deletes later, and rows that follow a key do
 * so after the statement has changed them itself. Not thread-safe.
 */
public final class PendingChecks {
    private final List<Check> checks = new ArrayList<>();

    /** Looks once more, and throws the constraint's error; or changes rows, which may add further checks. */
    interface Check {
        void run(Execution execution);
    }

    void add(Check check) {
        checks.add(check);
    }

    /** The statement is over. */
    public void run(Execution execution) {
        for (int i = 0; i < checks.size(); i++) {
            if ((i & 0xff) == 0xff) {
                execution.checkCancelled();
            }
            checks.get(i).run(execution);
        }
        checks.clear();
    }
}
