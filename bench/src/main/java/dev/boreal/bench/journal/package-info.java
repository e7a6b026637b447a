/**
 * Durable appends to a replicated journal, next to puts into etcd.
 *
 * <p>Promises: both get the same bytes, by one connection and with the same number under way, from one program on the same machine.
 *
 * <p>Needs: etcd, if it shall be compared.
 *
 * <p>Never: counts what was not acknowledged.
 *
 * <p>Invariants named by tests: as many are under way as was asked for; a gap is as long as nothing was acknowledged.
 */
@NullMarked
package dev.boreal.bench.journal;

import org.jspecify.annotations.NullMarked;
