package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.GroupingElement;
import dev.boreal.queryprocessor.syntax.tree.SelectBody.SetOperation;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.List;

/** Queries to SQL, on lines indented as PostgreSQL does or on one line. */
final class QueryPrinter {
    static final int STEP = 8;

    private final SqlText text;
    private final ExpressionPrinter expressions;

    QueryPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(Query query) {
        if (query.with() != null) {
            new WithPrinter(text, expressions).print(query.with());
        }
        boolean set = query.body() instanceof SetOperation;
        if (!set) {
            text.deepen(STEP);
        }
        body(query.body());
        if (!query.orderBy().isEmpty()) {
            clause(" ORDER BY ", 1, set);
            sortItems(query.orderBy());
        }
        if (query.offset() != null) {
            clause(" OFFSET ", 0, set);
            expressions.print(query.offset());
        }
        limit(query, set);
        for (Query.LockingClause lock : query.locking()) {
            clause(" " + lock.strength().sql(), 0, set);
            locking(lock);
        }
        if (!set) {
            text.deepen(-STEP);
        }
    }

    private void clause(String keyword, int extra, boolean flat) {
        text.clause(keyword, flat ? extra : extra - STEP);
    }

    private void limit(Query query, boolean set) {
        if (query.limit() == null) {
            return;
        }
        if (query.withTies()) {
            clause(" FETCH FIRST (", 0, set);
            expressions.print(query.limit());
            text.add(") ROWS WITH TIES");
        } else {
            clause(" LIMIT ", 0, set);
            expressions.print(query.limit());
        }
    }

    private void locking(Query.LockingClause lock) {
        String separator = " OF ";
        for (QualifiedName table : lock.tables()) {
            text.add(separator);
            expressions.names(table.parts());
            separator = ", ";
        }
        text.add(
                switch (lock.waiting()) {
                    case BLOCK -> "";
                    case NOWAIT -> " NOWAIT";
                    case SKIP_LOCKED -> " SKIP LOCKED";
                });
    }

    private void body(SelectBody body) {
        switch (body) {
            case SelectBody.Select select -> select(select);
            case SelectBody.Values values -> values(values);
            case SetOperation operation -> operation(operation);
            case SelectBody.Nested nested -> {
                text.add('(');
                print(nested.query());
                text.add(')');
            }
        }
    }

    private void operation(SetOperation operation) {
        operand(operation.left(), operation, true);
        text.clause("", 0);
        text.add(text.hasLines() ? "" : " ");
        text.add(operation.kind().name()).add(operation.all() ? " ALL " : " ");
        text.clause("", 0);
        operand(operation.right(), operation, false);
    }

    private void operand(SelectBody operand, SetOperation parent, boolean left) {
        boolean same =
                operand instanceof SetOperation inner && inner.kind() == parent.kind() && inner.all() == parent.all();
        boolean parenthesis = operand instanceof SetOperation && !(left && same);
        text.add(parenthesis ? "(" : "");
        boolean leaf = !(operand instanceof SetOperation);
        text.deepen(leaf || parenthesis ? STEP : 0);
        if (parenthesis) {
            text.clause("", 0);
        }
        body(operand);
        text.deepen(leaf || parenthesis ? -STEP : 0);
        text.add(parenthesis ? ")" : "");
    }

    private void values(SelectBody.Values values) {
        text.add(text.hasLines() ? " VALUES " : "VALUES ");
        String separator = "";
        for (List<Expression> row : values.rows()) {
            text.add(separator).add('(');
            for (int i = 0; i < row.size(); i++) {
                text.add(i > 0 ? "," : "");
                expressions.print(row.get(i));
            }
            text.add(')');
            separator = ", ";
        }
    }

    private void select(SelectBody.Select select) {
        text.add(text.hasLines() ? " SELECT" : "SELECT");
        if (select.distinct()) {
            text.add(" DISTINCT");
            if (!select.distinctOn().isEmpty()) {
                text.add(" ON (");
                expressions.list(select.distinctOn());
                text.add(')');
            }
        }
        targets(select.targets());
        if (select.into() != null) {
            into(select.into());
        }
        if (!select.from().isEmpty()) {
            clause(" FROM ", 2, false);
            from(select.from());
        }
        if (select.where() != null) {
            clause(" WHERE ", 1, false);
            expressions.print(select.where());
        }
        if (!select.groupBy().isEmpty()) {
            clause(select.groupDistinct() ? " GROUP BY DISTINCT " : " GROUP BY ", 1, false);
            groups(select.groupBy());
        }
        if (select.having() != null) {
            clause(" HAVING ", 0, false);
            expressions.print(select.having());
        }
        String separator = " WINDOW ";
        for (WindowDefinition window : select.windows()) {
            if (separator.equals(", ")) {
                text.add(separator);
            } else {
                clause(separator, 1, false);
            }
            text.name(String.valueOf(window.name())).add(" AS ");
            new WindowPrinter(text, expressions).print(window);
            separator = ", ";
        }
    }

    private void into(SelectBody.IntoTarget into) {
        text.add(" INTO ");
        text.add(
                into.persistence() == Persistence.TEMPORARY
                        ? "TEMPORARY TABLE "
                        : into.persistence() == Persistence.UNLOGGED ? "UNLOGGED TABLE " : "TABLE ");
        expressions.names(into.name().parts());
    }

    /** A select list, each item after the first on a line of its own. */
    void targets(List<TargetItem> targets) {
        for (int i = 0; i < targets.size(); i++) {
            if (i == 0) {
                text.add(' ');
            } else {
                text.add(text.hasLines() ? "," : ", ");
                clause("", 4, false);
            }
            target(targets.get(i));
        }
    }

    private void target(TargetItem target) {
        expressions.print(target.expression());
        if (target.label() != null) {
            text.add(" AS ").name(target.label());
        }
    }

    void from(List<TableExpression> from) {
        TablePrinter tables = new TablePrinter(text, expressions);
        for (int i = 0; i < from.size(); i++) {
            if (i > 0) {
                text.add(text.hasLines() ? "," : ", ");
                clause("", 4, false);
            }
            tables.print(from.get(i));
        }
    }

    private void groups(List<GroupingElement> elements) {
        String separator = "";
        for (GroupingElement element : elements) {
            text.add(separator);
            group(element);
            separator = ", ";
        }
    }

    private void group(GroupingElement element) {
        switch (element) {
            case GroupingElement.GroupingExpression expression -> expressions.print(expression.expression());
            case GroupingElement.EmptyGroupingSet empty -> text.add("()");
            case GroupingElement.Rollup rollup -> {
                text.add("ROLLUP(");
                expressions.list(rollup.elements());
                text.add(')');
            }
            case GroupingElement.Cube cube -> {
                text.add("CUBE(");
                expressions.list(cube.elements());
                text.add(')');
            }
            case GroupingElement.GroupingSets sets -> {
                text.add("GROUPING SETS (");
                groups(sets.sets());
                text.add(')');
            }
        }
    }

    void sortItems(List<SortItem> items) {
        String separator = "";
        for (SortItem item : items) {
            text.add(separator);
            sortItem(item);
            separator = ", ";
        }
    }

    private void sortItem(SortItem item) {
        expressions.print(item.expression());
        if (item.using() != null) {
            text.add(" USING ");
            expressions.operator(item.using());
        }
        text.add(directionAndNulls(item.direction(), item.nulls()));
    }

    static String directionAndNulls(SortItem.Direction direction, SortItem.Nulls nulls) {
        String words = switch (direction) {
            case ASCENDING -> " ASC";
            case DESCENDING -> " DESC";
            case DEFAULT, USING -> "";
        };
        return switch (nulls) {
            case FIRST -> words + " NULLS FIRST";
            case LAST -> words + " NULLS LAST";
            case DEFAULT -> words;
        };
    }
}
