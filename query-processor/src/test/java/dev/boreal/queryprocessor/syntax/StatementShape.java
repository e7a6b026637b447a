package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.ExpressionShape.group;
import static dev.boreal.queryprocessor.syntax.ExpressionShape.map;
import static dev.boreal.queryprocessor.syntax.ExpressionShape.name;

import dev.boreal.queryprocessor.syntax.tree.Alias;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Assignment;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeAction;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeWhen;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.OnConflict;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Overriding;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.GroupingElement;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.ColumnType;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Queries and modifications fully parenthesised, as the golden files have them from PostgreSQL's own trees. */
final class StatementShape {

    private StatementShape() {}

    static String of(PreparableStatement statement) {
        return switch (statement) {
            case Query query -> query(query);
            case ModificationStatement.Insert i ->
                group(
                        "insert",
                        with(i.with()),
                        table(i.target()),
                        columns(i.columns()),
                        overriding(i.overriding()),
                        i.source() == null ? "default" : query(i.source()),
                        i.onConflict() == null ? "" : conflict(i.onConflict()),
                        returning(i.returning()));
            case ModificationStatement.Update u ->
                group(
                        "update",
                        with(u.with()),
                        table(u.target()),
                        map(u.assignments(), StatementShape::assignment),
                        from("from", u.from()),
                        clause("where", u.where()),
                        returning(u.returning()));
            case ModificationStatement.Delete d ->
                group(
                        "delete",
                        with(d.with()),
                        table(d.target()),
                        from("using", d.using()),
                        clause("where", d.where()),
                        returning(d.returning()));
            case ModificationStatement.Merge m ->
                group(
                        "merge",
                        with(m.with()),
                        table(m.target()),
                        table(m.source()),
                        ExpressionShape.of(m.on()),
                        map(m.whens(), StatementShape::when));
        };
    }

    static String query(Query query) {
        List<String> clauses = new ArrayList<>();
        clauses.add(with(query.with()));
        clauses.add(query.orderBy().isEmpty() ? "" : group("order", map(query.orderBy(), ExpressionShape::sort)));
        clauses.add(clause("limit", query.limit()));
        clauses.add(query.withTies() ? "ties" : "");
        clauses.add(clause("offset", query.offset()));
        for (Query.LockingClause lock : query.locking()) {
            clauses.add(group(
                    "lock",
                    lock.strength().sql().substring(4).toLowerCase(Locale.ROOT).replace(" ", ""),
                    switch (lock.waiting()) {
                        case BLOCK -> "block";
                        case NOWAIT -> "error";
                        case SKIP_LOCKED -> "skip";
                    },
                    map(lock.tables(), QualifiedName::toString)));
        }
        clauses.removeIf(String::isEmpty);
        String body = body(query.body());
        return clauses.isEmpty() ? body : group("query", body, clauses);
    }

    private static String clause(String word, @Nullable Expression expression) {
        return expression == null ? "" : group(word, ExpressionShape.of(expression));
    }

    private static String body(SelectBody body) {
        return switch (body) {
            case SelectBody.Select s ->
                group(
                        "select",
                        !s.distinct()
                                ? ""
                                : s.distinctOn().isEmpty()
                                        ? "distinct"
                                        : group("distinct-on", map(s.distinctOn(), ExpressionShape::of)),
                        group(map(s.targets(), StatementShape::target)),
                        s.into() == null
                                ? ""
                                : group(
                                        "into",
                                        group("table", name(s.into().name().parts()))),
                        from("from", s.from()),
                        clause("where", s.where()),
                        s.groupBy().isEmpty()
                                ? ""
                                : group(
                                        "group",
                                        s.groupDistinct() ? "distinct" : "",
                                        map(s.groupBy(), StatementShape::grouping)),
                        clause("having", s.having()),
                        map(s.windows(), ExpressionShape::window));
            case SelectBody.Values v -> group("values", map(v.rows(), row -> group(map(row, ExpressionShape::of))));
            case SelectBody.SetOperation o ->
                group(
                        o.kind().name().toLowerCase(Locale.ROOT) + (o.all() ? "-all" : ""),
                        body(o.left()),
                        body(o.right()));
            case SelectBody.Nested nested -> query(nested.query());
        };
    }

    private static String grouping(GroupingElement element) {
        return switch (element) {
            case GroupingElement.GroupingExpression e -> ExpressionShape.of(e.expression());
            case GroupingElement.EmptyGroupingSet e -> "(empty)";
            case GroupingElement.Rollup r -> group("rollup", map(r.elements(), ExpressionShape::of));
            case GroupingElement.Cube c -> group("cube", map(c.elements(), ExpressionShape::of));
            case GroupingElement.GroupingSets s -> group("sets", map(s.sets(), StatementShape::grouping));
        };
    }

    private static String target(TargetItem target) {
        return group("item", ExpressionShape.of(target.expression()), target.label() == null ? "" : target.label());
    }

    private static String from(String word, List<TableExpression> from) {
        return from.isEmpty() ? "" : group(word, map(from, StatementShape::table));
    }

    private static String alias(@Nullable Alias alias) {
        return alias == null ? "" : group("as", alias.name(), alias.columns());
    }

    private static String table(TableExpression item) {
        return switch (item) {
            case TableExpression.Table t -> {
                String table = group("table", name(t.name().parts()), t.only() ? "only" : "", alias(t.alias()));
                TableExpression.TableSample sample = t.sample();
                yield sample == null
                        ? table
                        : group(
                                "sample",
                                table,
                                name(sample.method().parts()),
                                map(sample.arguments(), ExpressionShape::of),
                                sample.repeatable() == null ? "" : ExpressionShape.of(sample.repeatable()));
            }
            case TableExpression.Subquery s ->
                group("derived", s.lateral() ? "lateral" : "", query(s.query()), alias(s.alias()));
            case TableExpression.Functions f ->
                group(
                        "functions",
                        f.lateral() ? "lateral" : "",
                        f.ordinality() ? "ordinality" : "",
                        f.rowsFrom() ? "rows-from" : "",
                        map(
                                f.functions(),
                                function -> group(
                                        ExpressionShape.of(function.call()),
                                        map(function.columnDefinitions(), StatementShape::columnType))),
                        alias(f.alias()),
                        map(f.columnDefinitions(), StatementShape::columnType));
            case TableExpression.Join j ->
                group(
                        "join",
                        j.kind() == TableExpression.Join.Kind.CROSS
                                ? "inner"
                                : j.kind().name().toLowerCase(Locale.ROOT),
                        j.natural() ? "natural" : "",
                        table(j.left()),
                        table(j.right()),
                        j.using() == null ? "" : group("using", j.using()),
                        j.usingAlias() == null ? "" : j.usingAlias(),
                        j.on() == null ? "" : ExpressionShape.of(j.on()),
                        alias(j.alias()));
        };
    }

    private static String columnType(ColumnType column) {
        return group(
                column.name(),
                ExpressionShape.type(column.type()),
                column.collation() == null ? "" : name(column.collation().parts()));
    }

    private static String with(@Nullable WithClause with) {
        return with == null
                ? ""
                : group("with", with.recursive() ? "recursive" : "", map(with.tables(), StatementShape::common));
    }

    private static String common(WithClause.CommonTable table) {
        WithClause.Search search = table.search();
        WithClause.Cycle cycle = table.cycle();
        return group(
                table.name(),
                group(table.columns()),
                table.materialized() == null ? "" : table.materialized() ? "materialized" : "inline",
                of(table.statement()),
                search == null
                        ? ""
                        : group(
                                "search",
                                search.breadthFirst() ? "breadth" : "depth",
                                search.columns(),
                                search.sequenceColumn()),
                cycle == null
                        ? ""
                        : group(
                                "cycle",
                                cycle.columns(),
                                cycle.markColumn(),
                                cycle.markValue() == null ? "true" : ExpressionShape.of(cycle.markValue()),
                                cycle.markDefault() == null ? "false" : ExpressionShape.of(cycle.markDefault()),
                                cycle.pathColumn()));
    }

    private static String columns(List<TargetColumn> columns) {
        return group(map(columns, StatementShape::column));
    }

    private static String column(TargetColumn column) {
        StringBuilder text = new StringBuilder(column.name());
        for (TargetColumn.Part part : column.path()) {
            if (part.field() != null) {
                text.append('.').append(part.field());
            } else if (part.index() != null) {
                text.append(ExpressionShape.index(part.index()));
            }
        }
        return text.toString();
    }

    private static String assignment(Assignment assignment) {
        return assignment.multiple()
                ? group("set-many", columns(assignment.columns()), ExpressionShape.of(assignment.value()))
                : group("set", column(assignment.columns().getFirst()), ExpressionShape.of(assignment.value()));
    }

    private static String overriding(@Nullable Overriding overriding) {
        return overriding == null ? "" : overriding == Overriding.USER_VALUE ? "user" : "system";
    }

    private static String returning(List<TargetItem> returning) {
        return returning.isEmpty() ? "" : group("returning", map(returning, StatementShape::target));
    }

    private static String conflict(OnConflict conflict) {
        boolean inferred =
                conflict.constraint() != null || !conflict.inference().isEmpty();
        return group(
                "conflict",
                inferred
                        ? group(
                                "on",
                                conflict.constraint() == null ? "" : conflict.constraint(),
                                map(conflict.inference(), StatementShape::element),
                                clause("where", conflict.inferenceWhere()))
                        : "",
                conflict.update() ? map(conflict.assignments(), StatementShape::assignment) : "nothing",
                clause("where", conflict.where()));
    }

    private static String element(IndexElement element) {
        return group(
                element.column() != null
                        ? element.column()
                        : element.expression() == null ? "" : ExpressionShape.of(element.expression()),
                element.collation() == null ? "" : name(element.collation().parts()),
                element.operatorClass() == null
                        ? ""
                        : name(element.operatorClass().parts()),
                element.direction() == SortItem.Direction.DESCENDING
                        ? "desc"
                        : element.direction() == SortItem.Direction.ASCENDING ? "asc" : "",
                ExpressionShape.nulls(element.nulls()));
    }

    private static String when(MergeWhen when) {
        String action = switch (when.action()) {
            case MergeAction.MergeUpdate u -> group("update", map(u.assignments(), StatementShape::assignment));
            case MergeAction.MergeDelete d -> "delete";
            case MergeAction.MergeNothing n -> "nothing";
            case MergeAction.MergeInsert i ->
                group(
                        "insert",
                        columns(i.columns()),
                        overriding(i.overriding()),
                        group(map(i.values(), ExpressionShape::of)));
        };
        return group(when.matched() ? "matched" : "not-matched", ExpressionShape.orDash(when.condition()), action);
    }
}
