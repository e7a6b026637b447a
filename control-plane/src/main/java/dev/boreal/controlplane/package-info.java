/**
 * Who may: a small register that a majority of members keeps, with compare-and-set, sessions and watches.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.ControlPlane} says, behind
 * {@code service.ControlPlaneMember}.
 *
 * <p>Needs, of whoever drives {@link dev.boreal.controlplane.ControlPlaneCore} or {@link dev.boreal.controlplane.paxos.PaxosCore}
 * (a shell with threads, or a simulation): after any number of calls, {@code takeEffects()} and
 * <ol>
 *   <li>send {@code sends()}, now or later, lossily or not. What must not be said before it is durable is not among them yet.
 *   <li>append {@code records()} to the member's log, in order, behind all earlier ones. Once they and all before are durable, and not earlier, call
 *       {@code persisted(lastRecord(), now)}, which brings forth more effects. {@code needsSync()} says whether anybody waits for that;
 *       records that are not waited for may become durable with later ones. If the disk fails, never call the core again.
 *   <li>take in {@code events()} in order.
 *   <li>call {@code tick(now)} every few milliseconds, at least some times per heartbeat.
 * </ol>
 * {@code now} never runs backwards within one life of a member; another life may count from anywhere. A crash is to forget the core; a restart is a new one, given the records that are
 * on disk: a prefix of those appended that holds at least all that were durable. Everything up to a
 * {@link dev.boreal.controlplane.paxos.LogRecord.Checkpoint} may be left out. Messages are immutable objects and may be handed over as such, or through
 * {@link dev.boreal.controlplane.message.MessageCodec}.
 *
 * <p>Never: is on a statement's path; computes a plan for others.
 *
 * <p>Invariants named by tests: at most one value per decree; histories are linearizable; no session ends early; a watch
 * sees every final state, in order; all of it over crashes, cuts and changes of membership.
 */
@NullMarked
package dev.boreal.controlplane;

import org.jspecify.annotations.NullMarked;
