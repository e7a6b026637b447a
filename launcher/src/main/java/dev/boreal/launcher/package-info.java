/**
 * Where it runs: the only {@code main}, configuration, wiring, command line.
 *
 * <p>Promises: rooms are started in the order in which they need one another and stopped in reverse; whatever keeps them from starting is told with what to do about it.
 *
 * <p>Needs: every room, a directory, a port.
 *
 * <p>Never: decides anything about data.
 *
 * <p>Invariants named by tests: the import table; the whole circle over the doors; every acknowledged commit survives SIGKILL.
 */
@NullMarked
package dev.boreal.launcher;

import org.jspecify.annotations.NullMarked;
