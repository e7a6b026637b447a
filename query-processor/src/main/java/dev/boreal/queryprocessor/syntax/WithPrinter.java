package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import dev.boreal.queryprocessor.syntax.tree.WithClause.CommonTable;
import dev.boreal.queryprocessor.syntax.tree.WithClause.Cycle;
import dev.boreal.queryprocessor.syntax.tree.WithClause.Search;
import java.util.List;

/** WITH to SQL. */
final class WithPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    WithPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    /** With what separates it from the statement. */
    void print(WithClause with) {
        text.deepen(QueryPrinter.STEP);
        text.add(text.hasLines() ? " " : "").add(with.recursive() ? "WITH RECURSIVE " : "WITH ");
        String separator = "";
        for (CommonTable table : with.tables()) {
            text.add(separator);
            table(table);
            separator = ", ";
        }
        text.deepen(-QueryPrinter.STEP);
        text.clause("", 0);
        text.add(text.hasLines() ? "" : " ");
    }

    private void table(CommonTable table) {
        text.name(table.name());
        if (!table.columns().isEmpty()) {
            text.add('(');
            names(table.columns());
            text.add(')');
        }
        text.add(" AS ");
        if (table.materialized() != null) {
            text.add(table.materialized() ? "MATERIALIZED " : "NOT MATERIALIZED ");
        }
        text.add('(');
        text.clause("", 0);
        switch (table.statement()) {
            case Query query -> expressions.queries().print(query);
            case ModificationStatement modification -> new ModificationPrinter(text, expressions).print(modification);
        }
        text.clause("", 0);
        text.add(')');
        if (table.search() != null) {
            search(table.search());
        }
        if (table.cycle() != null) {
            cycle(table.cycle());
        }
    }

    private void names(List<String> names) {
        String separator = "";
        for (String name : names) {
            text.add(separator).name(name);
            separator = ", ";
        }
    }

    private void search(Search search) {
        text.add(search.breadthFirst() ? " SEARCH BREADTH FIRST BY " : " SEARCH DEPTH FIRST BY ");
        names(search.columns());
        text.add(" SET ").name(search.sequenceColumn());
    }

    private void cycle(Cycle cycle) {
        text.add(" CYCLE ");
        names(cycle.columns());
        text.add(" SET ").name(cycle.markColumn());
        if (cycle.markValue() != null && cycle.markDefault() != null) {
            text.add(" TO ");
            expressions.print(cycle.markValue());
            text.add(" DEFAULT ");
            expressions.print(cycle.markDefault());
        }
        text.add(" USING ").name(cycle.pathColumn());
    }
}
