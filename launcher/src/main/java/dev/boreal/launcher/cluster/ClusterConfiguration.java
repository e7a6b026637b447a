package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole {@code cluster.yaml}, valid. It need not name every member of the cluster: a process reads of it its own
 * section, the cluster's id and where the control plane is; all else it finds in the register.
 *
 * @param cluster the cluster's id: processes of different ones refuse to speak to one another
 * @param zones in the file's order
 * @param members in the file's order
 * @param controlPlane addresses of the control plane's members by name, in the order of names
 * @param journals what shall be when it does not exist yet
 * @param routes by zone and by member's name: where processes of the zone connect to the member, if not where it listens
 */
public record ClusterConfiguration(
        String cluster,
        List<String> zones,
        List<MemberSection> members,
        SortedMap<String, Endpoint> controlPlane,
        List<JournalSection> journals,
        SortedMap<String, SortedMap<String, Endpoint>> routes) {
    /** The journal in which a cluster with one adjudicator range commits. */
    public static final String MAIN_JOURNAL = "main";

    public ClusterConfiguration {
        zones = List.copyOf(zones);
        members = List.copyOf(members);
        controlPlane = new TreeMap<>(controlPlane);
        journals = List.copyOf(journals);
        routes = new TreeMap<>(routes);
    }

    /** Where processes of a zone connect to a member that does not listen there, or null: straight to it. */
    public @Nullable Endpoint route(String zone, String member) {
        SortedMap<String, Endpoint> ofZone = routes.get(zone);
        return ofZone == null ? null : ofZone.get(member);
    }

    /** The member of that name, or null. */
    public @Nullable MemberSection member(String name) {
        for (MemberSection member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }

    public List<MemberSection> members(Role role) {
        return members.stream().filter(member -> member.role() == role).toList();
    }
}
