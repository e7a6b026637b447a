package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Alias;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.ColumnType;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Functions;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.Join;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.TableFunction;
import dev.boreal.queryprocessor.syntax.tree.TableExpression.TableSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items of FROM to SQL. */
final class TablePrinter {
    private static final int JOIN_INDENT = 4;

    private final SqlText text;
    private final ExpressionPrinter expressions;

    TablePrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(TableExpression item) {
        switch (item) {
            case TableExpression.Table table -> table(table);
            case TableExpression.Subquery subquery -> {
                text.add(subquery.lateral() ? "LATERAL " : "");
                expressions.query(subquery.query());
                alias(subquery.alias());
            }
            case Functions functions -> functions(functions);
            case Join join -> join(join);
        }
    }

    void table(TableExpression.Table table) {
        text.add(table.only() ? "ONLY " : "");
        expressions.names(table.name().parts());
        alias(table.alias());
        TableSample sample = table.sample();
        if (sample != null) {
            text.add(" TABLESAMPLE ");
            expressions.names(sample.method().parts());
            text.add(" (");
            expressions.list(sample.arguments());
            text.add(')');
            if (sample.repeatable() != null) {
                text.add(" REPEATABLE (");
                expressions.print(sample.repeatable());
                text.add(')');
            }
        }
    }

    private void alias(@Nullable Alias alias) {
        if (alias != null) {
            text.add(' ').name(alias.name());
            columns(alias.columns());
        }
    }

    private void columns(List<String> columns) {
        if (!columns.isEmpty()) {
            text.add('(');
            nameList(columns);
            text.add(')');
        }
    }

    private void nameList(List<String> names) {
        String separator = "";
        for (String name : names) {
            text.add(separator).name(name);
            separator = ", ";
        }
    }

    private void functions(Functions functions) {
        text.add(functions.lateral() ? "LATERAL " : "");
        text.add(functions.rowsFrom() ? "ROWS FROM(" : "");
        String separator = "";
        for (TableFunction function : functions.functions()) {
            text.add(separator);
            call(function.call());
            if (!function.columnDefinitions().isEmpty()) {
                text.add(" AS ");
                columnTypes(function.columnDefinitions());
            }
            separator = ", ";
        }
        text.add(functions.rowsFrom() ? ")" : "");
        text.add(functions.ordinality() ? " WITH ORDINALITY" : "");
        if (functions.columnDefinitions().isEmpty()) {
            alias(functions.alias());
        } else {
            text.add(" AS ");
            if (functions.alias() != null) {
                text.name(functions.alias().name());
            }
            columnTypes(functions.columnDefinitions());
        }
    }

    /** A cast among tables must look like a function. */
    private void call(Expression call) {
        if (call instanceof Expression.TypeCast cast) {
            text.add("CAST(");
            expressions.print(cast.operand());
            text.add(" AS ");
            expressions.types().print(cast.type());
            text.add(')');
        } else {
            expressions.print(call);
        }
    }

    private void columnTypes(List<ColumnType> columns) {
        text.add('(');
        String separator = "";
        for (ColumnType column : columns) {
            text.add(separator).name(column.name()).add(' ');
            expressions.types().print(column.type());
            if (column.collation() != null) {
                text.add(" COLLATE ");
                expressions.names(column.collation().parts());
            }
            separator = ", ";
        }
        text.add(')');
    }

    private void join(Join join) {
        boolean parentheses = !expressions.isPretty() || join.alias() != null;
        text.add(parentheses ? "(" : "");
        print(join.left());
        String kind = switch (join.kind()) {
            case CROSS -> "CROSS JOIN ";
            case INNER -> "JOIN ";
            case LEFT -> "LEFT JOIN ";
            case RIGHT -> "RIGHT JOIN ";
            case FULL -> "FULL JOIN ";
        };
        text.clause((join.natural() ? " NATURAL " : " ") + kind, JOIN_INDENT - QueryPrinter.STEP);
        boolean nested = expressions.isPretty() && join.right() instanceof Join right && right.alias() == null;
        text.add(nested ? "(" : "");
        print(join.right());
        text.add(nested ? ")" : "");
        if (join.using() != null) {
            text.add(" USING (");
            nameList(join.using());
            text.add(')');
            if (join.usingAlias() != null) {
                text.add(" AS ").name(join.usingAlias());
            }
        }
        if (join.on() != null) {
            text.add(" ON ");
            text.add(expressions.isPretty() ? "" : "(");
            expressions.print(join.on());
            text.add(expressions.isPretty() ? "" : ")");
        }
        text.add(parentheses ? ")" : "");
        alias(join.alias());
    }
}
