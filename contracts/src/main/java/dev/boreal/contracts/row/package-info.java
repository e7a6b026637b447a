/**
 * The layout of a stored row and the predicates that storage can evaluate on it.
 *
 * <p>Promises: a row can be walked field by field without knowing its types, and a predicate never allocates.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: knows SQL types: fields are bytes, ordered as unsigned bytes.
 *
 * <p>Invariants named by tests: a row reads back as it was written; a predicate on a NULL field is not true.
 */
@NullMarked
package dev.boreal.contracts.row;

import org.jspecify.annotations.NullMarked;
