package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TypeName;

/**
 * Trees to SQL in the manner of PostgreSQL's pg_get_expr, pg_get_viewdef and pg_get_constraintdef. The text parses back to the same tree.
 *
 * <p>What the tree says is printed: no name is qualified, no star expanded, no cast added, and {@code IN}, {@code LIKE} and {@code BETWEEN} stay what
 * they are. Stateless: any thread may call.
 */
public enum SqlPrinter {
    /** Every operation in parentheses, as PostgreSQL prints by default: {@code ((a + 1) > (0)::numeric)}. */
    PARENTHESES(false),
    /** Parentheses where precedence may be in doubt, as PostgreSQL prints when asked to be pretty, which psql does: {@code (a + 1) > 0::numeric}. */
    PRETTY(true);

    private final boolean pretty;

    SqlPrinter(boolean pretty) {
        this.pretty = pretty;
    }

    /** On one line. */
    public String print(Expression expression) {
        SqlText text = new SqlText(false);
        new ExpressionPrinter(text, pretty).print(expression);
        return text.toString();
    }

    /** On one line. */
    public String print(PreparableStatement statement) {
        SqlText text = new SqlText(false);
        ExpressionPrinter expressions = new ExpressionPrinter(text, pretty);
        switch (statement) {
            case Query query -> expressions.queries().print(query);
            case ModificationStatement modification -> new ModificationPrinter(text, expressions).print(modification);
        }
        return text.toString().strip();
    }

    /** As pg_get_viewdef: clauses and columns on lines of their own, a blank before, a semicolon behind. */
    public String printView(Query query) {
        SqlText text = new SqlText(true);
        new ExpressionPrinter(text, pretty).queries().print(query);
        return text.add(';').toString();
    }

    /** As format_type: {@code integer}, {@code character varying(10)[]}. */
    public String print(TypeName type) {
        SqlText text = new SqlText(false);
        new TypePrinter(text, new ExpressionPrinter(text, pretty)).print(type);
        return text.toString();
    }

    /** As pg_get_constraintdef, without the constraint's name: {@code CHECK ((a > 0))}. */
    public String print(Constraint constraint) {
        SqlText text = new SqlText(false);
        new ConstraintPrinter(text, new ExpressionPrinter(text, pretty)).print(constraint);
        return text.toString();
    }

    /** As in pg_get_indexdef: {@code lower(a) text_pattern_ops DESC}. */
    public String print(IndexElement element) {
        SqlText text = new SqlText(false);
        new ConstraintPrinter(text, new ExpressionPrinter(text, pretty)).print(element);
        return text.toString();
    }
}
