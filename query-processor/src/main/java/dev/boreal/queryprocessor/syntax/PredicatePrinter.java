package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Predicate;

/** The tests of SQL that have a syntax of their own, to SQL. */
final class PredicatePrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    PredicatePrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(Predicate predicate) {
        if (predicate instanceof Predicate.Exists exists) {
            text.add("EXISTS ");
            expressions.query(exists.query());
            return;
        }
        expressions.open();
        switch (predicate) {
            case Predicate.QuantifiedArray quantified -> quantifiedArray(quantified);
            case Predicate.QuantifiedSubquery quantified -> {
                left(quantified.left(), predicate);
                expressions.operator(quantified.operator());
                text.add(' ').add(quantified.quantifier().name()).add(' ');
                expressions.query(quantified.query());
            }
            case Predicate.InList in -> {
                left(in.value(), predicate);
                text.add(in.negated() ? "NOT IN (" : "IN (");
                expressions.list(in.list());
                text.add(')');
            }
            case Predicate.InSubquery in -> {
                left(in.value(), predicate);
                text.add(in.negated() ? "NOT IN " : "IN ");
                expressions.query(in.query());
            }
            case Predicate.Exists exists -> throw new AssertionError("printed above");
            case Predicate.Between between -> between(between);
            case Predicate.Like like -> like(like);
            case Predicate.NullTest test -> is(test.value(), test, test.negated(), "NULL");
            case Predicate.BooleanTest test ->
                is(test.value(), test, test.negated(), test.truth().name());
            case Predicate.DistinctTest test -> {
                is(test.left(), test, test.negated(), "DISTINCT FROM ");
                expressions.operand(test.right(), test);
            }
            case Predicate.DocumentTest test -> is(test.value(), test, test.negated(), "DOCUMENT");
            case Predicate.NormalizedTest test ->
                is(test.value(), test, test.negated(), (test.form() == null ? "" : test.form() + " ") + "NORMALIZED");
        }
        expressions.close();
    }

    private void left(Expression value, Predicate predicate) {
        expressions.operand(value, predicate);
        text.add(' ');
    }

    private void is(Expression value, Predicate predicate, boolean negated, String what) {
        left(value, predicate);
        text.add(negated ? "IS NOT " : "IS ").add(what);
    }

    private void quantifiedArray(Predicate.QuantifiedArray quantified) {
        left(quantified.left(), quantified);
        expressions.operator(quantified.operator());
        text.add(' ').add(quantified.quantifier().name()).add(" (");
        expressions.print(quantified.array());
        text.add(')');
    }

    private void between(Predicate.Between between) {
        left(between.value(), between);
        text.add(between.negated() ? "NOT BETWEEN " : "BETWEEN ");
        text.add(between.symmetric() ? "SYMMETRIC " : "");
        expressions.operand(between.lower(), between);
        text.add(" AND ");
        expressions.operand(between.upper(), between);
    }

    private void like(Predicate.Like like) {
        left(like.value(), like);
        text.add(like.negated() ? "NOT " : "")
                .add(like.kind().name().replace('_', ' '))
                .add(' ');
        expressions.operand(like.pattern(), like);
        if (like.escape() != null) {
            text.add(" ESCAPE ");
            expressions.operand(like.escape(), like);
        }
    }
}
