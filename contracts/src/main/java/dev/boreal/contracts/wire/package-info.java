/**
 * The messages that travel between processes, generated from {@code src/main/protobuf}.
 *
 * <p>Promises: the layout on the wire of everything that a door says; fields keep their numbers for ever.
 *
 * <p>Needs: protobuf, which nothing else in this module uses.
 *
 * <p>Never: is used by a room: they speak in the records of the other packages, into which {@code transport} translates.
 *
 * <p>Invariants named by tests: the contracts of the doors hold over a real connection.
 */
@NullMarked
package dev.boreal.contracts.wire;

import org.jspecify.annotations.NullMarked;
