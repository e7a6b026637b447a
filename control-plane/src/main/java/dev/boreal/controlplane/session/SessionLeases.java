package dev.boreal.controlplane.session;

import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.PaxosCore;
import dev.boreal.controlplane.register.Action;
import dev.boreal.controlplane.register.Command;
import dev.boreal.controlplane.register.RegisterState;
import dev.boreal.controlplane.register.Session;
import java.util.HashMap;
import java.util.Map;

/**
 * The leader's memory of signs of life. Nothing of it is decided or kept: whoever leads next gives every session a fresh lease.
 *
 * <p><b>A session never ends before its lease has gone by since an answered sign of life.</b> Let the sign arrive at leader {@code L}
 * at {@code a}, and be answered: then {@code L} was confirmed to lead after {@code a}, and the asker's member has applied
 * everything that {@code L} had proposed by {@code a} and found the session there. (1) {@code L} itself proposes its end only
 * when the lease has gone by since {@code a}; an end proposed earlier would have shown. (2) An end proposed by an earlier leader names
 * that one's ballot, and does nothing behind the beginning of {@code L}'s, which the asker has applied. (3) A later leader's
 * beginning was applied nowhere before {@code a}: it would have been acknowledged, so {@code L} would have known of it
 * (the proof of reads in {@code paxos.Leadership}) and not led. That leader counts the lease from when it applied its beginning, so from after
 * {@code a}. Ends are counted by the leader's monotonic clock; the owner counts from before it sent the sign, by its own. Only that both
 * run at the same speed is assumed, and {@link SessionLife} leaves room for a difference.
 *
 * <p>A leader that was paused finds every lease gone by and the signs still in its queue. So it ends a session only when a round of heartbeats
 * that began after the end of the lease has come back: what was waiting has been read by then.
 */
public final class SessionLeases {
    private final Map<Long, Long> lastSigns = new HashMap<>();
    private final Map<Long, Long> endings = new HashMap<>();

    /** A leader begins: every session has a fresh lease. */
    public void begin(RegisterState state, long now) {
        lastSigns.clear();
        endings.clear();
        for (Session session : state.sessions()) {
            lastSigns.put(session.id(), now);
        }
    }

    public void sign(long session, long now) {
        lastSigns.put(session, now);
    }

    /** Proposes the end of the sessions whose lease has gone by, if this member leads. */
    public void tick(RegisterState state, PaxosCore paxos, long now) {
        if (!paxos.serves() || !state.era().equals(paxos.ballot())) {
            return;
        }
        lastSigns.keySet().removeIf(session -> state.session(session) == null);
        endings.values().removeIf(slot -> slot <= paxos.decidedThrough());
        for (Session session : state.sessions()) {
            Long sign = lastSigns.putIfAbsent(session.id(), now);
            boolean silent =
                    sign != null && now - sign > session.leaseNanos() && paxos.ledAt() - sign > session.leaseNanos();
            if (silent && !endings.containsKey(session.id())) {
                Action end = new Action.ExpireSession(session.id(), paxos.ballot());
                Command command = new Command(Command.NO_CLIENT, 0, 0, end);
                long slot = paxos.proposeAtOnce(new Decree.Command(command.encode()), now);
                if (slot != 0) {
                    endings.put(session.id(), slot);
                }
            }
        }
    }
}
