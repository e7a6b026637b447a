package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Bound;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Frame;

/** Window specifications to SQL. */
final class WindowPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    WindowPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    /** With its parentheses, without its name. */
    void print(WindowDefinition window) {
        text.add('(');
        String separator = "";
        if (window.base() != null) {
            text.name(window.base());
            separator = " ";
        }
        if (!window.partitionBy().isEmpty()) {
            text.add(separator).add("PARTITION BY ");
            expressions.list(window.partitionBy());
            separator = " ";
        }
        if (!window.orderBy().isEmpty()) {
            text.add(separator).add("ORDER BY ");
            expressions.queries().sortItems(window.orderBy());
            separator = " ";
        }
        if (window.frame() != null) {
            text.add(separator);
            frame(window.frame());
        }
        text.add(')');
    }

    private void frame(Frame frame) {
        text.add(frame.mode().name()).add(' ');
        if (frame.end() != null) {
            text.add("BETWEEN ");
            bound(frame.start());
            text.add(" AND ");
            bound(frame.end());
        } else {
            bound(frame.start());
        }
        text.add(
                switch (frame.exclusion()) {
                    case NO_OTHERS -> "";
                    case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
                    case GROUP -> " EXCLUDE GROUP";
                    case TIES -> " EXCLUDE TIES";
                });
    }

    private void bound(Bound bound) {
        if (bound.offset() != null) {
            expressions.print(bound.offset());
            text.add(' ');
        }
        text.add(
                switch (bound.kind()) {
                    case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
                    case OFFSET_PRECEDING -> "PRECEDING";
                    case CURRENT_ROW -> "CURRENT ROW";
                    case OFFSET_FOLLOWING -> "FOLLOWING";
                    case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
                });
    }
}
