/**
 * Both ends of a storage replica's door.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.Storage} says. Reads of many threads travel in one message; scans come
 * in batches, as many ahead as the reader has room for.
 *
 * <p>Needs: a stream; threads that may wait at the reader's end.
 *
 * <p>Never: answers a read from before its snapshot: the replica waits, whatever the client thinks to know of its watermark.
 *
 * <p>Invariants named by tests: every kind of read answers as the replica would; a refusal keeps its reason; a closed or
 * interrupted scan ends at the replica too; a slow reader holds a bounded number of batches.
 */
@NullMarked
package dev.boreal.transport.storage;

import org.jspecify.annotations.NullMarked;
