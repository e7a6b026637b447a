/**
 * Both ends of the control plane's door.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.ControlPlane} says, from whichever of its members answers. An update whose
 * answer was lost is told as unavailable, never sent twice.
 *
 * <p>Needs: the addresses of the members.
 *
 * <p>Never: is used on a statement's path.
 *
 * <p>Invariants named by tests: calls go on at another member when one is away; a watch begins anew there with everything
 * there is.
 */
@NullMarked
package dev.boreal.transport.register;

import org.jspecify.annotations.NullMarked;
