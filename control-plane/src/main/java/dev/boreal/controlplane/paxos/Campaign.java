package dev.boreal.controlplane.paxos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Phase 1 of one ballot, for all decrees at once: who has promised, and what they had accepted. Goes on while the ballot
 * leads, because members may be asked whose promise counts only for later decrees.
 *
 * <p>A late promise may report decrees that were proposed already: then a majority had promised without that member, which
 * suffices, and the report is not looked at. For a decree not yet proposed all promises together are a quorum that holds
 * a majority, and the report of the highest ballot among them is what Paxos demands.
 */
final class Campaign {
    private final Ballot ballot;
    private final Set<String> promised = new HashSet<>();
    private final TreeMap<Long, SlotReport> reports = new TreeMap<>();
    private long floor;
    private @Nullable String furthest;

    Campaign(Ballot ballot) {
        this.ballot = ballot;
    }

    Ballot ballot() {
        return ballot;
    }

    void promise(String from, long decidedThrough, List<SlotReport> accepted) {
        if (!promised.add(from)) {
            return;
        }
        if (decidedThrough > floor) {
            floor = decidedThrough;
            furthest = from;
        }
        for (SlotReport report : accepted) {
            SlotReport known = reports.get(report.slot());
            if (known == null || outweighs(report, known)) {
                reports.put(report.slot(), report);
            }
        }
    }

    private static boolean outweighs(SlotReport report, SlotReport known) {
        return !known.decided() && (report.decided() || report.ballot().isAbove(known.ballot()));
    }

    boolean hasPromised(String member) {
        return promised.contains(member);
    }

    boolean promisedByMajorityOf(List<String> members) {
        return Memberships.isMajority(members, promised);
    }

    /** What must be proposed as {@code slot}, or null if nobody accepted anything. */
    @Nullable Decree reported(long slot) {
        SlotReport report = reports.get(slot);
        return report == null ? null : report.decree();
    }

    /** The highest decree of which anybody reported. */
    long lastReported() {
        return reports.isEmpty() ? 0 : reports.lastKey();
    }

    /** Up to here somebody knows what is decided and did not report it. Nothing may be proposed there. */
    long floor() {
        return floor;
    }

    /** Who knows what is decided up to the floor, or null if the floor is 0. */
    @Nullable String furthest() {
        return furthest;
    }
}
