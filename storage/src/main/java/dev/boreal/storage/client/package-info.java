/**
 * A storage that does not go away: the door over several replicas, the nearest that answers.
 *
 * <p>Promises: a read fails only when no replica answers it within the read time-out, or when its snapshot is too old. A scan
 * under way that breaks goes on at another replica with the next row: the snapshot fixes what every replica answers.
 *
 * <p>Needs: the doors of the replicas, each with the whole key range.
 *
 * <p>Never: has a thread, keeps a row, or asks two replicas at once.
 *
 * <p>Invariants named by tests: scans through random breaks give each row once, in order; a replica that fails or is silent
 * is passed over, and comes back.
 */
@NullMarked
package dev.boreal.storage.client;

import org.jspecify.annotations.NullMarked;
