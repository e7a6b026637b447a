package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests of SQL that have a syntax of their own. */
public sealed interface Predicate extends Expression {

    /** ANY (also written SOME) or ALL. */
    enum Quantifier {
        ANY,
        ALL
    }

    /** {@code left op ANY (array)}. LIKE ANY has the operator {@code ~~}, NOT LIKE {@code !~~}, ILIKE {@code ~~*}, NOT ILIKE {@code !~~*}. */
    record QuantifiedArray(
            OperatorName operator, Expression left, Quantifier quantifier, Expression array, int position)
            implements Predicate {}

    /** {@code left op ANY (SELECT ...)}. */
    record QuantifiedSubquery(OperatorName operator, Expression left, Quantifier quantifier, Query query, int position)
            implements Predicate {}

    record InList(Expression value, List<Expression> list, boolean negated, int position) implements Predicate {}

    record InSubquery(Expression value, Query query, boolean negated, int position) implements Predicate {}

    record Exists(Query query, int position) implements Predicate {}

    record Between(
            Expression value, Expression lower, Expression upper, boolean symmetric, boolean negated, int position)
            implements Predicate {}

    /** LIKE, ILIKE and SIMILAR TO; {@code escape} is null if none was written. */
    record Like(
            Kind kind,
            Expression value,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated,
            int position) implements Predicate {
        public enum Kind {
            LIKE,
            ILIKE,
            SIMILAR_TO
        }
    }

    /** {@code IS [NOT] NULL}, ISNULL, NOTNULL. */
    record NullTest(Expression value, boolean negated, int position) implements Predicate {}

    /** {@code IS [NOT] TRUE | FALSE | UNKNOWN}. */
    record BooleanTest(Expression value, Truth truth, boolean negated, int position) implements Predicate {
        public enum Truth {
            TRUE,
            FALSE,
            UNKNOWN
        }
    }

    /** {@code IS [NOT] DISTINCT FROM}. */
    record DistinctTest(Expression left, Expression right, boolean negated, int position) implements Predicate {}

    /** {@code IS [NOT] DOCUMENT}. */
    record DocumentTest(Expression value, boolean negated, int position) implements Predicate {}

    /** {@code IS [NOT] [form] NORMALIZED}; form is NFC, NFD, NFKC, NFKD or null. */
    record NormalizedTest(Expression value, @Nullable String form, boolean negated, int position)
            implements Predicate {}
}
