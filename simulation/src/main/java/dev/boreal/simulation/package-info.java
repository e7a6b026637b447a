/**
 * The cores of all rooms in one thread under virtual time, from one seed: {@code ./boreal simulate}.
 *
 * <p>Promises: the same settings give the same run, byte for byte.
 *
 * <p>Needs: the cores and step functions of the rooms; drivers stand in for their shells.
 *
 * <p>Never: looks at the system's clock, starts a thread, or opens a file or a socket.
 *
 * <p>Invariants named by tests: every planted bug is found within a stated number of seeds, and the same seeds are good without it.
 */
@NullMarked
package dev.boreal.simulation;

import org.jspecify.annotations.NullMarked;
