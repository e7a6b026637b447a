/**
 * How a program finds the doors of a cluster, and keeps them while members come and go; among them the client of a journal
 * that is used by itself.
 *
 * <p>Promises: given where the control plane is and a name, a door that goes on elsewhere when a process is lost.
 *
 * <p>Needs: the register.
 *
 * <p>Never: starts a process, or writes into the register.
 *
 * <p>Invariants named by tests: an append is answered once, over the loss of replicas; what was not found is said.
 */
@NullMarked
package dev.boreal.launcher.client;

import org.jspecify.annotations.NullMarked;
