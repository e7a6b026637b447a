/**
 * How members agree on one decree per number: multi-decree Paxos as a step function.
 *
 * <p>Promises: at most one decree per number, told in order without a gap, on every member; an inquiry is answered only when the
 * decrees told so far hold everything acknowledged before it was made.
 *
 * <p>Needs: a driver that performs {@link dev.boreal.controlplane.paxos.PaxosEffects} as
 * {@link dev.boreal.controlplane.paxos.PaxosCore} says, time that does not run backwards, and chance.
 *
 * <p>Never: says that it promised or accepted before that is on disk; trusts a clock; uses a ballot twice.
 *
 * <p>Invariants named by tests: one decree per number whatever is lost, repeated, late, cut off or crashed; over changes of
 * membership too; a majority that hears one another decides.
 */
@NullMarked
package dev.boreal.controlplane.paxos;

import org.jspecify.annotations.NullMarked;
