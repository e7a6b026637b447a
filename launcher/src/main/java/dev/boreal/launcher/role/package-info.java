/**
 * One process of a cluster: a room, the doors that it needs from other processes, and the doors that it offers them.
 *
 * <p>Promises: a process finds everything but itself in the register; it is known there while it lives, again after its
 * session was lost, and goes on with what it knew while the control plane is away.
 *
 * <p>Needs: its own section, the cluster's id, and where the control plane is.
 *
 * <p>Never: decides what a room should; it only hands doors over, and new ones when members come.
 *
 * <p>Invariants named by tests: a cluster serves through any query processor, whichever of its processes is killed.
 */
@NullMarked
package dev.boreal.launcher.role;

import org.jspecify.annotations.NullMarked;
