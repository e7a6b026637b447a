package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.LockTarget;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import java.util.ArrayList;
import java.util.List;

/** FOR UPDATE and its kin. */
final class LockBinder {
    private final Binder binder;

    LockBinder(Binder binder) {
        this.binder = binder;
    }

    BoundQuery lock(BoundQuery query, SelectBody.Select select, Query written, Scope scope) {
        Query.LockingClause first = written.locking().getFirst();
        String name = first.strength().sql();
        String trouble = null;
        if (select.distinct()) {
            trouble = "DISTINCT clause";
        } else if (!select.groupBy().isEmpty()) {
            trouble = "GROUP BY clause";
        } else if (select.having() != null) {
            trouble = "HAVING clause";
        } else if (scope.aggregates()) {
            trouble = "aggregate functions";
        } else if (scope.windowCalls()) {
            trouble = "window functions";
        } else if (scope.setCalls()) {
            trouble = "set-returning functions in the target list";
        }
        if (trouble != null) {
            throw BindErrors.at(0, SqlState.FEATURE_NOT_SUPPORTED, name + " is not allowed with " + trouble);
        }
        List<LockTarget> targets = new ArrayList<>();
        for (Query.LockingClause clause : written.locking()) {
            if (clause.tables().isEmpty()) {
                for (RangeEntry entry : scope.entries()) {
                    add(entry, clause, targets);
                }
            }
            for (QualifiedName table : clause.tables()) {
                add(entry(table, clause, scope), clause, targets);
            }
        }
        binder.analysis.noteLock();
        return new BoundQuery(new RelationalNode.LockRows(query.node(), targets), query.outputs(), query.names());
    }

    private static RangeEntry entry(QualifiedName table, Query.LockingClause clause, Scope scope) {
        for (RangeEntry entry : scope.entries()) {
            if (entry.relationVisible() && entry.name().equals(table.name())) {
                return entry;
            }
        }
        throw BindErrors.at(
                table.position(),
                SqlState.UNDEFINED_TABLE,
                "relation \"" + table + "\" in " + clause.strength().sql() + " clause not found in FROM clause");
    }

    private static void add(RangeEntry entry, Query.LockingClause clause, List<LockTarget> targets) {
        if (entry.table() != null && entry.rowKey() != null) {
            targets.add(new LockTarget(entry.table(), entry.rowKey(), clause.strength(), clause.waiting()));
        }
    }
}
