package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.syntax.NormalizedStatement;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeContext;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What statements of a simple query have in common that differ in their literals alone: the statement with parameters in
 * the literals' places, and the plan that was used last. Shared by all sessions; thread-safe.
 *
 * <p>Where the statement with parameters cannot be planned, or a literal is no value of its parameter's type, the original
 * text is planned instead: it may mean something else there, and its errors have positions.
 */
final class StatementTemplate {
    private final ParsedStatement statement;
    private final List<Integer> parameterTypes;
    private volatile @Nullable Planned planned;

    /** What planning gave: no plan if the statement is to be planned with its literals. */
    record Planned(PlanCache.@Nullable Key key, @Nullable Plan plan) {
        static final Planned WITH_LITERALS = new Planned(null, null);
    }

    StatementTemplate(ParsedStatement statement, NormalizedStatement normalized) {
        this.statement = statement;
        List<Integer> types = new ArrayList<>(normalized.literalCount());
        for (int literal = 0; literal < normalized.literalCount(); literal++) {
            types.add(
                    switch (normalized.kind(literal)) {
                        case INTEGER -> TypeRegistry.INT4.oid();
                        case BIGINT -> TypeRegistry.INT8.oid();
                        case NUMERIC -> TypeRegistry.NUMERIC.oid();
                        case STRING -> 0;
                    });
        }
        parameterTypes = List.copyOf(types);
    }

    ParsedStatement statement() {
        return statement;
    }

    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    /** What was planned for this catalog and search path; null if nothing was. */
    @Nullable Planned find(long catalogVersion, List<String> searchPath) {
        Planned last = planned;
        PlanCache.Key key = last == null ? null : last.key;
        return key != null
                        && key.catalogVersion() == catalogVersion
                        && key.searchPath().equals(searchPath)
                ? last
                : null;
    }

    /** Keeps what planning gave, in the place of what it gave last. */
    Planned planned(PlanCache.Key key, @Nullable Plan plan) {
        Planned now = new Planned(key, plan);
        planned = now;
        return now;
    }

    /** The literals as values of a plan's parameters; null if one of them is none. */
    static @Nullable Object @Nullable [] values(NormalizedStatement normalized, Plan plan, TypeContext context) {
        List<SqlType> types = plan.parameterTypes();
        @Nullable Object[] values = new Object[types.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = types.get(i).parse(normalized.literal(i), context);
            }
        } catch (SqlException e) {
            return null;
        }
        return values;
    }
}
