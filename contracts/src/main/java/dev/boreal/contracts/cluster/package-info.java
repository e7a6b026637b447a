/**
 * What stands in the control plane's register, and what it answers.
 *
 * <p>Promises: versions rise over the whole register, so each serves as a fencing token.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: decides who may do what; it only says it.
 *
 * <p>Invariants named by tests: what is encoded decodes to the same; a foreign format is refused.
 */
@NullMarked
package dev.boreal.contracts.cluster;

import org.jspecify.annotations.NullMarked;
