/**
 * Who may decide, from when on, and what belongs to this tenure alone.
 *
 * <p>Promises: a tenure begins above everything that an earlier one may have issued or promised.
 *
 * <p>Needs: the journal's answer to a conditional open, and its entries.
 *
 * <p>Never: lets a chunk that a commit may still name be trimmed; relies on a clock for more than when to try.
 *
 * <p>Invariants named by tests: a tenure starts above the journal's last timestamp and the clock; trimming waits for staged chunks;
 * what was acknowledged or promised holds through take-overs, pauses and wild clocks; planted bugs are found.
 */
@NullMarked
package dev.boreal.adjudicator.tenure;

import org.jspecify.annotations.NullMarked;
