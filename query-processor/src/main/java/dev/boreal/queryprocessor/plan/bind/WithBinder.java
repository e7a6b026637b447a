package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WITH: common tables, recursive and data-modifying ones among them. */
final class WithBinder {
    private final Binder binder;

    WithBinder(Binder binder) {
        this.binder = binder;
    }

    /** Makes the tables visible in {@code scope}. */
    List<CommonTable> declare(WithClause clause, Scope scope) {
        List<CommonTable> tables = new ArrayList<>();
        for (WithClause.CommonTable written : clause.tables()) {
            if (scope.hasCommonTable(written.name())) {
                throw BindErrors.at(
                        written.position(),
                        SqlState.DUPLICATE_ALIAS,
                        "WITH query name \"" + written.name() + "\" specified more than once");
            }
            if (written.search() != null || written.cycle() != null) {
                throw BindErrors.notSupported(written.position(), "SEARCH or CYCLE");
            }
            CommonTable table =
                    clause.recursive() && isRecursive(written) ? recursive(written, scope) : plain(written, scope);
            tables.add(table);
            scope.addCommonTable(table, false);
        }
        return tables;
    }

    private CommonTable plain(WithClause.CommonTable written, Scope scope) {
        BoundQuery query = switch (written.statement()) {
            case Query select -> binder.queries.bind(select, scope);
            case ModificationStatement modification -> {
                if (scope.parent() != null) {
                    throw BindErrors.at(
                            written.position(),
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "WITH clause containing a data-modifying statement must be at the top level");
                }
                yield binder.modifications.bind(modification, scope);
            }
        };
        CommonTable table = new CommonTable(written.name(), columns(written, query.outputs(), query.names()));
        table.define(query.node(), query.outputs());
        if (written.statement() instanceof ModificationStatement) {
            table.markEffects();
        } else if (!Boolean.TRUE.equals(written.materialized())) {
            table.allowInlining();
        }
        return table;
    }

    private static List<Variable> columns(WithClause.CommonTable written, List<Variable> outputs, List<String> names) {
        if (written.columns().size() > outputs.size()) {
            throw BindErrors.at(
                    written.position(),
                    BindErrors.INVALID_COLUMN_REFERENCE,
                    "WITH query \"" + written.name() + "\" has " + outputs.size() + " columns available but "
                            + written.columns().size() + " columns specified");
        }
        List<Variable> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Variable output = outputs.get(i);
            String name = i < written.columns().size() ? written.columns().get(i) : names.get(i);
            columns.add(new Variable(name, output.type(), output.typeModifier(), 0, 0));
        }
        return columns;
    }

    // WITH RECURSIVE ---------------------------------------------------------------------------------------------

    /** Whether the query is a UNION whose body mentions the table's own name. */
    private static boolean isRecursive(WithClause.CommonTable written) {
        return written.statement() instanceof Query && Mentions.table(written.statement(), written.name());
    }

    private static SelectBody.@Nullable SetOperation union(Query query) {
        return query.body() instanceof SelectBody.SetOperation operation
                        && operation.kind() == SelectBody.SetOperation.Kind.UNION
                        && query.orderBy().isEmpty()
                ? operation
                : null;
    }

    private CommonTable recursive(WithClause.CommonTable written, Scope scope) {
        Query query = (Query) written.statement();
        SelectBody.SetOperation union = union(query);
        if (union == null || Mentions.body(union.left(), written.name())) {
            throw BindErrors.at(
                    written.position(),
                    BindErrors.INVALID_RECURSION,
                    "recursive query \"" + written.name()
                            + "\" does not have the form non-recursive-term UNION [ALL] recursive-term");
        }
        Scope inner = new Scope(scope);
        List<CommonTable> nested = query.with() == null ? List.of() : declare(query.with(), inner);
        BoundQuery start = binder.queries.bind(bare(union.left()), inner, true);
        CommonTable working = new CommonTable(written.name(), columns(written, start.outputs(), start.names()));
        Scope stepScope = new Scope(inner);
        stepScope.addCommonTable(working, true);
        BoundQuery step = binder.queries.bind(bare(union.right()), stepScope, false);
        checkColumns(written.name(), working, step, union.position());
        List<SqlType> types = new ArrayList<>();
        for (Variable column : start.outputs()) {
            types.add(column.type());
        }
        BoundQuery coerced = binder.queries.coerced(step, types, union.position());
        List<Variable> columns = new ArrayList<>();
        for (Variable column : working.columns()) {
            columns.add(new Variable(column.name(), column.type(), column.typeModifier(), 0, 0));
        }
        RelationalNode node = new RelationalNode.RecursiveUnion(
                working, union.all(), start.node(), start.outputs(), coerced.node(), coerced.outputs(), columns);
        if (query.limit() != null || query.offset() != null) {
            node = new RelationalNode.Limit(
                    node,
                    binder.selects.limit(query.limit(), inner, Clause.LIMIT),
                    binder.selects.limit(query.offset(), inner, Clause.OFFSET),
                    List.of());
        }
        CommonTable table = new CommonTable(written.name(), working.columns());
        table.define(nested.isEmpty() ? node : new RelationalNode.With(node, nested), columns);
        return table;
    }

    private static Query bare(SelectBody body) {
        return body instanceof SelectBody.Nested nested
                ? nested.query()
                : new Query(null, body, List.of(), null, false, null, List.of(), body.position());
    }

    private static void checkColumns(String name, CommonTable working, BoundQuery step, int position) {
        if (working.columns().size() != step.outputs().size()) {
            throw BindErrors.at(
                    position, SqlState.SYNTAX_ERROR, "each UNION query must have the same number of columns");
        }
        for (int i = 0; i < working.columns().size(); i++) {
            SqlType start = working.columns().get(i).type();
            SqlType next = step.outputs().get(i).type();
            if (dev.boreal.queryprocessor.function.Casts.find(
                            next, start, dev.boreal.queryprocessor.function.Casts.Context.IMPLICIT)
                    == null) {
                throw BindErrors.hinted(
                        0,
                        SqlState.DATATYPE_MISMATCH,
                        "recursive query \"" + name + "\" column " + (i + 1) + " has type " + start.formatName(-1)
                                + " in non-recursive term but type " + next.formatName(-1) + " overall",
                        "Cast the output of the non-recursive term to the correct type.");
            }
        }
    }
}
