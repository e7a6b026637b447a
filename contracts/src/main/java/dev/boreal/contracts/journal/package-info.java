/**
 * Entries of a journal and the outcomes of asking it for something.
 *
 * <p>Promises: positions of one journal are dense and start at 1; timestamps rise strictly with positions.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: knows what a payload means.
 *
 * <p>Invariants named by tests: none: plain records.
 */
@NullMarked
package dev.boreal.contracts.journal;

import org.jspecify.annotations.NullMarked;
