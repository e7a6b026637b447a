/**
 * Drivers: they perform the effects of the rooms' cores in a simulated world, as the rooms' shells do in the real one.
 *
 * <p>Promises: what a room decides is decided by its own core.
 *
 * <p>Needs: a world, and cores that are step functions.
 *
 * <p>Never: decides what a core should; apart from the bugs that are planted here.
 *
 * <p>Invariants named by tests: see the planted bugs: each driver's have to be found.
 */
@NullMarked
package dev.boreal.simulation.node;

import org.jspecify.annotations.NullMarked;
