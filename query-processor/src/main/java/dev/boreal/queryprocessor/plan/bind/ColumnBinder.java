package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.bind.RangeEntry.RangeColumn;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Row;
import dev.boreal.queryprocessor.syntax.tree.Expression.ColumnReference;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a column name stands for, in this query first, then in those around it. */
final class ColumnBinder {

    BoundExpression bind(ColumnReference reference, Scope scope) {
        List<String> parts = reference.parts();
        return switch (parts.size()) {
            case 1 -> bare(parts.getFirst(), reference.position(), scope);
            case 2 -> qualified(null, parts.get(0), parts.get(1), reference.position(), scope);
            case 3 -> qualified(parts.get(0), parts.get(1), parts.get(2), reference.position(), scope);
            case 4 -> qualified(parts.get(1), parts.get(2), parts.get(3), reference.position(), scope);
            default ->
                throw BindErrors.at(
                        reference.position(),
                        SqlState.SYNTAX_ERROR,
                        "improper qualified name (too many dotted names): " + String.join(".", parts));
        };
    }

    private BoundExpression bare(String name, int position, Scope scope) {
        BoundExpression column = findBare(name, position, scope);
        if (column != null) {
            return column;
        }
        RangeEntry relation = findRelation(null, name, position, scope);
        if (relation != null) {
            return wholeRow(relation, position);
        }
        if (name.equals("tableoid")) {
            for (RangeEntry entry : scope.entries()) {
                if (entry.relationOid() != 0) {
                    return new Constant(entry.relationOid(), TypeRegistry.OID, -1);
                }
            }
        }
        throw undefined(name, position);
    }

    static SqlException undefined(String name, int position) {
        return BindErrors.at(position, SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
    }

    /** The column of a bare name, or null. */
    @Nullable BoundExpression findBare(String name, int position, Scope innermost) {
        for (Scope scope = innermost; scope != null; scope = scope.parent()) {
            BoundExpression found = findBareHere(name, position, scope);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** As {@link #findBare}, without the queries around. */
    @Nullable BoundExpression findBareHere(String name, int position, Scope scope) {
        BoundExpression found = null;
        for (RangeEntry entry : scope.entries()) {
            if (!entry.columnsVisible()) {
                continue;
            }
            for (RangeColumn column : entry.columns()) {
                if (!column.name().equals(name)) {
                    continue;
                }
                if (found != null) {
                    throw ambiguous(name, position);
                }
                checkLateral(entry, position);
                found = column.expression();
            }
        }
        return found == null ? null : placed(found, position);
    }

    private static SqlException ambiguous(String name, int position) {
        return BindErrors.at(position, SqlState.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous");
    }

    private static void checkLateral(RangeEntry entry, int position) {
        if (entry.lateralForbidden()) {
            throw BindErrors.detailed(
                    position,
                    INVALID_REFERENCE,
                    "invalid reference to FROM-clause entry for table \"" + entry.name() + "\"",
                    "The combining JOIN type must be INNER or LEFT for a LATERAL reference.");
        }
    }

    private static final String INVALID_REFERENCE = "42P10";

    private static BoundExpression placed(BoundExpression expression, int position) {
        return expression instanceof Reference reference ? new Reference(reference.variable(), position) : expression;
    }

    private BoundExpression qualified(
            @Nullable String schema, String relation, String column, int position, Scope scope) {
        RangeEntry entry = requireRelation(schema, relation, position, scope);
        List<RangeColumn> found = entry.named(column);
        if (found.size() > 1) {
            throw ambiguous(column, position);
        }
        if (found.isEmpty()) {
            if (column.equals("tableoid") && entry.relationOid() != 0) {
                return new Constant(entry.relationOid(), TypeRegistry.OID, -1);
            }
            throw BindErrors.at(
                    position, SqlState.UNDEFINED_COLUMN, "column " + relation + "." + column + " does not exist");
        }
        return placed(found.getFirst().expression(), position);
    }

    /** The entry that {@code relation.column} or {@code relation.*} means. */
    RangeEntry requireRelation(@Nullable String schema, String relation, int position, Scope scope) {
        RangeEntry entry = findRelation(schema, relation, position, scope);
        if (entry != null) {
            return entry;
        }
        for (Scope level = scope; level != null; level = level.parent()) {
            for (RangeEntry candidate : level.entries()) {
                if (candidate.table() != null
                        && candidate.table().name().equals(relation)
                        && candidate.relationVisible()) {
                    throw BindErrors.hinted(
                            position,
                            SqlState.UNDEFINED_TABLE,
                            "invalid reference to FROM-clause entry for table \"" + relation + "\"",
                            "Perhaps you meant to reference the table alias \"" + candidate.name() + "\".");
                }
            }
        }
        throw BindErrors.at(
                position, SqlState.UNDEFINED_TABLE, "missing FROM-clause entry for table \"" + relation + "\"");
    }

    private @Nullable RangeEntry findRelation(@Nullable String schema, String relation, int position, Scope innermost) {
        for (Scope scope = innermost; scope != null; scope = scope.parent()) {
            RangeEntry found = null;
            for (RangeEntry entry : scope.entries()) {
                if (!entry.relationVisible()
                        || !entry.name().equals(relation)
                        || (schema != null && !schema.equals(entry.schema()))) {
                    continue;
                }
                if (found != null) {
                    throw BindErrors.at(position, "42P09", "table reference \"" + relation + "\" is ambiguous");
                }
                checkLateral(entry, position);
                found = entry;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The row of a relation as one value. */
    static BoundExpression wholeRow(RangeEntry entry, int position) {
        if (entry.scalarFunction()) {
            return placed(entry.columns().getFirst().expression(), position);
        }
        List<BoundExpression> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RangeColumn column : entry.columns()) {
            fields.add(placed(column.expression(), position));
            names.add(column.name());
        }
        return new Row(fields, names, TypeRegistry.RECORD);
    }
}
