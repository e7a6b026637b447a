package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * What pg_operator says about an operator, and what a planner wants to know about it.
 *
 * @param oid {@code pg_operator.oid}
 * @param left null for a prefix operator
 * @param commutatorOid the operator with its sides swapped, 0 if there is none
 * @param negatorOid the operator that is true where this one is false, 0 if there is none
 * @param functionOid the function behind it
 * @param btreeStrategy 1 {@code <}, 2 {@code <=}, 3 {@code =}, 4 {@code >=}, 5 {@code >} of the types' order; 0 none of them
 * @param hashable whether equal operands have equal hashes: the operator may join by hash
 */
public record OperatorSignature(
        int oid,
        String symbol,
        @Nullable SqlType left,
        SqlType right,
        SqlType result,
        int commutatorOid,
        int negatorOid,
        int functionOid,
        int btreeStrategy,
        boolean hashable) {
    public static final int LESS = 1;
    public static final int LESS_OR_EQUAL = 2;
    public static final int EQUAL = 3;
    public static final int GREATER_OR_EQUAL = 4;
    public static final int GREATER = 5;

    /** Whether it is the equality of its types' order. */
    public boolean isEquality() {
        return btreeStrategy == EQUAL;
    }
}
