package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** The configuration of a new cluster on one machine, as a text that people may go on with. Pure but for the ports. */
public final class ClusterTemplate {
    /** More make no sense on one machine. */
    public static final int MOST_ZONES = 5;

    private static final int MOST_JOURNAL_REPLICAS = 3;

    private final String cluster;
    private final int zones;

    /**
     * @param cluster its id
     * @param zones 1 to {@value #MOST_ZONES}
     */
    public ClusterTemplate(String cluster, int zones) {
        if (zones < 1 || zones > MOST_ZONES) {
            throw new IllegalArgumentException(
                    "a cluster on one machine has 1 to " + MOST_ZONES + " zones, not " + zones);
        }
        this.cluster = cluster;
        this.zones = zones;
    }

    /**
     * The file's text.
     *
     * @param doorPorts gives a free port at each call, for doors between processes
     * @param clientPorts gives a free port at each call, for PostgreSQL clients
     */
    public String text(IntSupplier doorPorts, IntSupplier clientPorts) {
        StringBuilder text = new StringBuilder();
        text.append("# A Boreal cluster on one machine. docs/cluster.md explains every line.\n");
        text.append("cluster: ").append(cluster).append('\n');
        text.append("zones: [").append(String.join(", ", zoneNames())).append("]\n\n");
        text.append("members:\n");
        for (Role role : Role.values()) {
            for (String zone : zonesOf(role)) {
                boolean clients = role == Role.QUERY_PROCESSOR;
                text.append("  - {name: ")
                        .append(role.label())
                        .append('-')
                        .append(zone)
                        .append(", role: ")
                        .append(role.label())
                        .append(", zone: ")
                        .append(zone)
                        .append(clients ? ", client-port: " : ", port: ")
                        .append(clients ? clientPorts.getAsInt() : doorPorts.getAsInt())
                        .append("}\n");
            }
        }
        List<String> replicas = new ArrayList<>();
        for (String zone : zonesOf(Role.JOURNAL)) {
            replicas.add(Role.JOURNAL.label() + "-" + zone);
        }
        text.append("\njournals:\n  - name: ")
                .append(ClusterConfiguration.MAIN_JOURNAL)
                .append("\n    mode: chain\n    members: [")
                .append(String.join(", ", replicas))
                .append("]\n    minimum-members: ")
                .append(replicas.size() / 2 + 1)
                .append("\n\n# By name, as docs/configuration.md lists them; under \"roles\" for one role only.\n")
                .append("settings:\n  journal.segment.size: 16MB\n\n");
        text.append("# Memory for Java objects.\nroles:\n");
        for (Role role : Role.values()) {
            text.append("  ")
                    .append(role.label())
                    .append(": {heap: ")
                    .append(RoleHeaps.of(role))
                    .append("}\n");
        }
        return text.toString();
    }

    private List<String> zoneNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < zones; i++) {
            names.add(String.valueOf((char) ('a' + i)));
        }
        return names;
    }

    /** The control plane has an odd number of members, and more than three journal replicas only cost. */
    private List<String> zonesOf(Role role) {
        int most = switch (role) {
            case CONTROL_PLANE -> zones % 2 == 1 ? zones : zones - 1;
            case JOURNAL -> MOST_JOURNAL_REPLICAS;
            case ADJUDICATOR, CROSSBAR, STORAGE, QUERY_PROCESSOR -> zones;
        };
        return zoneNames().subList(0, Math.min(zones, most));
    }
}
