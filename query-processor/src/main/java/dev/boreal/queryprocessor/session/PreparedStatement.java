package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was parsed under a name. One session's; keeps the plan that it used last, with the cache key that
 * says when it is out of date.
 */
final class PreparedStatement {
    private final String name;
    private final @Nullable ParsedStatement statement;
    private final List<Integer> parameterTypes;
    private final long preparedAtMicros;
    private final boolean fromSql;
    private @Nullable Plan plan;
    private PlanCache.@Nullable Key planKey;

    /** @param statement null for an empty string */
    PreparedStatement(
            String name,
            @Nullable ParsedStatement statement,
            List<Integer> parameterTypes,
            long preparedAtMicros,
            boolean fromSql) {
        this.name = name;
        this.statement = statement;
        this.parameterTypes = parameterTypes;
        this.preparedAtMicros = preparedAtMicros;
        this.fromSql = fromSql;
    }

    String name() {
        return name;
    }

    @Nullable ParsedStatement statement() {
        return statement;
    }

    /** As it was written. */
    String text() {
        return statement == null ? "" : statement.text();
    }

    /** Types of the parameters once they are known. */
    int[] resolvedParameterTypes() {
        Plan planned = plan;
        int[] types = new int
                [planned == null
                        ? parameterTypes.size()
                        : planned.parameterTypes().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = planned == null
                    ? parameterTypes.get(i)
                    : planned.parameterTypes().get(i).oid();
        }
        return types;
    }

    /** As declared; 0 for a type to be inferred. */
    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    long preparedAtMicros() {
        return preparedAtMicros;
    }

    boolean fromSql() {
        return fromSql;
    }

    @Nullable Plan plan() {
        return plan;
    }

    boolean plannedFor(long catalogVersion, List<String> searchPath) {
        PlanCache.Key key = planKey;
        return key != null
                && key.catalogVersion() == catalogVersion
                && key.searchPath().equals(searchPath);
    }

    void planned(PlanCache.Key key, Plan made) {
        planKey = key;
        plan = made;
    }
}
