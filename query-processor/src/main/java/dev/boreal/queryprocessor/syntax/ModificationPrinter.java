package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Assignment;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Delete;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Insert;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Merge;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeAction;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.MergeWhen;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.OnConflict;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Overriding;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.TargetColumn;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Update;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE and MERGE to SQL. */
final class ModificationPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;
    private final TablePrinter tables;

    ModificationPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
        this.tables = new TablePrinter(text, expressions);
    }

    void print(ModificationStatement statement) {
        switch (statement) {
            case Insert insert -> insert(insert);
            case Update update -> update(update);
            case Delete delete -> delete(delete);
            case Merge merge -> merge(merge);
        }
    }

    private void with(@Nullable WithClause with) {
        if (with != null) {
            new WithPrinter(text, expressions).print(with);
        }
    }

    private void target(TableExpression.Table target) {
        text.add(target.only() ? "ONLY " : "");
        expressions.names(target.name().parts());
        if (target.alias() != null) {
            text.add(" AS ").name(target.alias().name());
        }
    }

    private void insert(Insert insert) {
        with(insert.with());
        text.add("INSERT INTO ");
        target(insert.target());
        if (!insert.columns().isEmpty()) {
            text.add(" (");
            columns(insert.columns());
            text.add(')');
        }
        overriding(insert.overriding());
        if (insert.source() == null) {
            text.add(" DEFAULT VALUES");
        } else {
            text.add(' ');
            expressions.queries().print(insert.source());
        }
        if (insert.onConflict() != null) {
            onConflict(insert.onConflict());
        }
        returning(insert.returning());
    }

    private void overriding(@Nullable Overriding overriding) {
        if (overriding != null) {
            text.add(overriding == Overriding.USER_VALUE ? " OVERRIDING USER VALUE" : " OVERRIDING SYSTEM VALUE");
        }
    }

    private void columns(List<TargetColumn> columns) {
        String separator = "";
        for (TargetColumn column : columns) {
            text.add(separator);
            column(column);
            separator = ", ";
        }
    }

    private void column(TargetColumn column) {
        text.name(column.name());
        for (TargetColumn.Part part : column.path()) {
            if (part.field() != null) {
                text.add('.').name(part.field());
            } else if (part.index() != null) {
                expressions.index(part.index());
            }
        }
    }

    private void onConflict(OnConflict conflict) {
        text.add(" ON CONFLICT");
        if (conflict.constraint() != null) {
            text.add(" ON CONSTRAINT ").name(conflict.constraint());
        } else if (!conflict.inference().isEmpty()) {
            text.add(" (");
            String separator = "";
            for (IndexElement element : conflict.inference()) {
                text.add(separator);
                new ConstraintPrinter(text, expressions).print(element);
                separator = ", ";
            }
            text.add(')');
            where(conflict.inferenceWhere());
        }
        if (conflict.update()) {
            text.add(" DO UPDATE SET ");
            assignments(conflict.assignments());
            where(conflict.where());
        } else {
            text.add(" DO NOTHING");
        }
    }

    private void where(@Nullable Expression where) {
        if (where != null) {
            text.add(" WHERE ");
            expressions.print(where);
        }
    }

    private void assignments(List<Assignment> assignments) {
        String separator = "";
        for (Assignment assignment : assignments) {
            text.add(separator);
            if (assignment.multiple()) {
                text.add('(');
                columns(assignment.columns());
                text.add(')');
            } else {
                columns(assignment.columns());
            }
            text.add(" = ");
            expressions.print(assignment.value());
            separator = ", ";
        }
    }

    private void returning(List<TargetItem> returning) {
        if (!returning.isEmpty()) {
            text.add(" RETURNING");
            expressions.queries().targets(returning);
        }
    }

    private void update(Update update) {
        with(update.with());
        text.add("UPDATE ");
        target(update.target());
        text.add(" SET ");
        assignments(update.assignments());
        if (!update.from().isEmpty()) {
            text.add(" FROM ");
            expressions.queries().from(update.from());
        }
        where(update.where());
        returning(update.returning());
    }

    private void delete(Delete delete) {
        with(delete.with());
        text.add("DELETE FROM ");
        target(delete.target());
        if (!delete.using().isEmpty()) {
            text.add(" USING ");
            expressions.queries().from(delete.using());
        }
        where(delete.where());
        returning(delete.returning());
    }

    private void merge(Merge merge) {
        with(merge.with());
        text.add("MERGE INTO ");
        target(merge.target());
        text.add(" USING ");
        tables.print(merge.source());
        text.add(" ON ");
        expressions.print(merge.on());
        for (MergeWhen when : merge.whens()) {
            text.add(when.matched() ? " WHEN MATCHED" : " WHEN NOT MATCHED");
            if (when.condition() != null) {
                text.add(" AND ");
                expressions.print(when.condition());
            }
            text.add(" THEN ");
            action(when.action());
        }
    }

    private void action(MergeAction action) {
        switch (action) {
            case MergeAction.MergeUpdate update -> {
                text.add("UPDATE SET ");
                assignments(update.assignments());
            }
            case MergeAction.MergeDelete delete -> text.add("DELETE");
            case MergeAction.MergeNothing nothing -> text.add("DO NOTHING");
            case MergeAction.MergeInsert insert -> {
                text.add("INSERT");
                if (!insert.columns().isEmpty()) {
                    text.add(" (");
                    columns(insert.columns());
                    text.add(')');
                }
                overriding(insert.overriding());
                if (insert.values().isEmpty()) {
                    text.add(" DEFAULT VALUES");
                } else {
                    text.add(" VALUES (");
                    expressions.list(insert.values());
                    text.add(')');
                }
            }
        }
    }
}
