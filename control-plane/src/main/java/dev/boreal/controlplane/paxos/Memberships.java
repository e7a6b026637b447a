package dev.boreal.controlplane.paxos;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which members decide which decree.
 *
 * <p>A change decided as decree {@code n} governs the decrees from {@code n + }{@link #DELAY} on (Lamport, "The
 * Part-Time Parliament", section 3.3.7, and "Reconfiguring a State Machine", section 3: α). Why this is safe: for every number
 * {@code k} the members who decide it are a function of the decrees up to {@code k - DELAY} alone. A leader proposes decree
 * {@code k} only when it knows all those, so all who ever propose it agree on its members, and it is one instance of
 * single-decree Paxos with a fixed set of acceptors, whose safety is known. Nothing is required of one set of members with
 * respect to the next: the promises of a majority of the one do not stand for the other, and a leader
 * gathers promises from a majority of each ({@link Campaign#promisedByMajorityOf}). That only one member comes
 * or goes per decree is for the sake of liveness: so a new member is in reach before the next change counts.
 *
 * <p>The price is that at most {@code DELAY} decrees are under way at once, and that a leader puts fillers behind a change
 * until it governs.
 */
public final class Memberships {
    /** After how many decrees a change governs. A part of the protocol: all members must have the same. */
    public static final int DELAY = 32;

    private final TreeMap<Long, List<String>> byFirstSlot = new TreeMap<>();

    /** @param founders who decides from the first decree on; empty if that is not known yet */
    Memberships(List<String> founders) {
        if (!founders.isEmpty()) {
            byFirstSlot.put(1L, List.copyOf(founders));
        }
    }

    private Memberships(Map<Long, List<String>> byFirstSlot) {
        this.byFirstSlot.putAll(byFirstSlot);
    }

    boolean isKnown() {
        return !byFirstSlot.isEmpty();
    }

    /** Who decides {@code slot}; every decree up to {@code slot - DELAY} must have been applied. Empty if not known. */
    public List<String> governing(long slot) {
        Map.Entry<Long, List<String>> entry = byFirstSlot.floorEntry(slot);
        return entry == null ? List.of() : entry.getValue();
    }

    /** Who will decide once everything applied governs. */
    public List<String> latest() {
        return byFirstSlot.isEmpty() ? List.of() : byFirstSlot.lastEntry().getValue();
    }

    /** From which decree on the last change governs. */
    long lastChange() {
        return byFirstSlot.isEmpty() ? 0 : byFirstSlot.lastKey();
    }

    /** Everybody who decides {@code slot} or, as far as is known, anything behind it. */
    Set<String> everybodyFrom(long slot) {
        Set<String> all = new LinkedHashSet<>(governing(slot));
        byFirstSlot.tailMap(slot, false).values().forEach(all::addAll);
        return all;
    }

    void apply(long slot, Decree decree) {
        switch (decree) {
            case Decree.AddMember(String member, long after) -> {
                if (after == lastChange() && !latest().contains(member)) {
                    List<String> next = new ArrayList<>(latest());
                    next.add(member);
                    byFirstSlot.put(slot + DELAY, List.copyOf(next));
                }
            }
            case Decree.RemoveMember(String member, long after) -> {
                if (after == lastChange() && latest().contains(member) && latest().size() > 1) {
                    List<String> next = new ArrayList<>(latest());
                    next.remove(member);
                    byFirstSlot.put(slot + DELAY, List.copyOf(next));
                }
            }
            case Decree.Beginning ignored -> {}
            case Decree.Command ignored -> {}
            case Decree.Filler ignored -> {}
        }
    }

    /** What is needed for the decrees behind {@code slot}. */
    Memberships after(long slot) {
        TreeMap<Long, List<String>> kept = new TreeMap<>(byFirstSlot.tailMap(slot + 1, true));
        Map.Entry<Long, List<String>> floor = byFirstSlot.floorEntry(slot + 1);
        if (floor != null) {
            kept.put(floor.getKey(), floor.getValue());
        }
        return new Memberships(kept);
    }

    static boolean isMajority(List<String> members, Set<String> votes) {
        int count = 0;
        for (String member : members) {
            if (votes.contains(member)) {
                count++;
            }
        }
        return count > members.size() / 2;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(byFirstSlot.size());
        for (Map.Entry<Long, List<String>> entry : byFirstSlot.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (String member : entry.getValue()) {
                out.writeUTF(member);
            }
        }
    }

    static Memberships read(DataInput in) throws IOException {
        TreeMap<Long, List<String>> read = new TreeMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long first = in.readLong();
            int size = in.readInt();
            List<String> members = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                members.add(in.readUTF());
            }
            read.put(first, List.copyOf(members));
        }
        return new Memberships(read);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Memberships that && byFirstSlot.equals(that.byFirstSlot);
    }

    @Override
    public int hashCode() {
        return byFirstSlot.hashCode();
    }

    @Override
    public String toString() {
        return byFirstSlot.toString();
    }
}
