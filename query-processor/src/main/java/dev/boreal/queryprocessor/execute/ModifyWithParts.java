package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE or DELETE with data-modifying WITH queries. As in PostgreSQL those that it reads run as it reads them, the
 * others afterwards, in the order written.
 */
public final class ModifyWithParts implements ModifyOperator {
    private final ModifyOperator main;
    private final List<Operator> parts;

    /** @param parts all WITH queries that modify, read or not */
    public ModifyWithParts(ModifyOperator main, List<Operator> parts) {
        this.main = main;
        this.parts = List.copyOf(parts);
    }

    @Override
    public ModifyCursor open(Execution execution) {
        return new ModifyCursor(execution) {
            @Override
            List<@Nullable Object[]> run() {
                List<@Nullable Object[]> returned = new ArrayList<>();
                try (Cursor cursor = execution.open(main)) {
                    for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                        returned.add(row);
                    }
                    if (cursor instanceof ModifyCursor modification) {
                        count(modification.affected());
                    }
                }
                QueryWithParts.run(parts, execution);
                return returned;
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return QueryWithParts.together(main, parts);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("With");
    }
}
