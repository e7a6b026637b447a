/**
 * Keys: order-preserving byte strings, their ranges and their fingerprints.
 *
 * <p>Promises: keys compare as unsigned bytes, shorter first; a fingerprint is a function of the bytes alone.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: knows what a key means: the query processor encodes them.
 *
 * <p>Invariants named by tests: range membership agrees with unsigned byte order; equal keys have equal fingerprints.
 */
@NullMarked
package dev.boreal.contracts.key;

import org.jspecify.annotations.NullMarked;
