/**
 * A strong read at a replica, by committed heartbeat: the pattern of DynamoDB's global tables with strong consistency.
 *
 * <p>Promises: a read sees every write that was acknowledged before it began, wherever it was acknowledged, and no data travels for it
 * but the journal's.
 *
 * <p>Needs: a journal, one writer at a time, and clocks whose error is bounded.
 *
 * <p>Never: asks the writer for data.
 *
 * <p>Invariants named by tests: a read waits for what it may not miss; one marker serves many reads; without a writer there is
 * no answer rather than an old one.
 */
@NullMarked
package dev.boreal.examples.strongread;

import org.jspecify.annotations.NullMarked;
