/**
 * Virtual time, nodes, network, disks, clocks and what goes wrong with them.
 *
 * <p>Promises: one seed gives one run, event by event.
 *
 * <p>Needs: a seed.
 *
 * <p>Never: looks at the system's clock, starts a thread, or decides anything by the order of a hash table.
 *
 * <p>Invariants named by tests: links keep their order; what was synced survives a crash; a paused node hears everything late; two runs of one
 * seed have equal traces.
 */
@NullMarked
package dev.boreal.simulation.world;

import org.jspecify.annotations.NullMarked;
