package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.plan.PlanningContext;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans of a session's statements for its current transaction, from the cache that all sessions share where the
 * transaction sees the catalog that they see. One thread at a time.
 */
final class StatementPlanner {
    private final Database database;
    private final Session session;

    StatementPlanner(Database database, Session session) {
        this.database = database;
        this.session = session;
    }

    private CatalogSnapshot catalog() {
        return session.transactions().current().catalog();
    }

    /**
     * The plan of a template; a catalog that only this transaction sees has none.
     *
     * @return null if it must be made and {@code mayBlock} is not set
     */
    StatementTemplate.@Nullable Planned plan(StatementTemplate template, boolean mayBlock) {
        CatalogSnapshot catalog = catalog();
        List<String> searchPath = session.context().searchPath();
        StatementTemplate.Planned known = template.find(catalog.version(), searchPath);
        if (known != null || !mayBlock) {
            return known;
        }
        return catalog == database.catalogs().latest()
                ? make(template, catalog, searchPath)
                : StatementTemplate.Planned.WITH_LITERALS;
    }

    private StatementTemplate.Planned make(
            StatementTemplate template, CatalogSnapshot catalog, List<String> searchPath) {
        PlanCache.Key key = new PlanCache.Key(
                template.statement().text(), template.parameterTypes(), searchPath, catalog.version());
        Plan plan = database.plans().find(key);
        if (plan == null) {
            try {
                plan = plan(template.statement().statement(), template.parameterTypes());
                database.plans().add(key, plan);
            } catch (SqlException e) {
                plan = null;
            }
        }
        return template.planned(key, plan);
    }

    /**
     * The plan of a statement for the current transaction.
     *
     * @return null if it must be made and {@code mayBlock} is not set
     */
    @Nullable Plan plan(
            ParsedStatement statement,
            List<Integer> parameterTypes,
            @Nullable PreparedStatement prepared,
            boolean mayBlock) {
        CatalogSnapshot catalog = catalog();
        List<String> searchPath = session.context().searchPath();
        if (prepared != null && prepared.plannedFor(catalog.version(), searchPath)) {
            return prepared.plan();
        }
        PlanCache.Key key = new PlanCache.Key(statement.text(), parameterTypes, searchPath, catalog.version());
        boolean shared = catalog == database.catalogs().latest();
        Plan plan = shared ? database.plans().find(key) : null;
        if (plan == null) {
            if (!mayBlock) {
                return null;
            }
            plan = plan(statement.statement(), parameterTypes);
            if (shared) {
                database.plans().add(key, plan);
            }
        }
        if (prepared != null && shared) {
            prepared.planned(key, plan);
        }
        return plan;
    }

    /** Plans a statement without any cache. */
    Plan plan(Statement statement, List<Integer> parameterTypes) {
        return Planner.plan(
                statement,
                catalog(),
                new PlanningContext(
                        session.context().searchPath(), session.context().currentDatabase(), parameterTypes));
    }
}
