package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/** The configuration of a new journal that is used by itself, on one machine, as a text that people may go on with. */
public final class JournalTemplate {
    /** More only cost. */
    public static final int MOST_REPLICAS = 5;

    private final String cluster;
    private final int replicas;
    private final ReplicationMode mode;

    /**
     * @param cluster its id
     * @param replicas 1 to {@value #MOST_REPLICAS}; of a quorum: an odd number
     * @param mode of more than one replica; a journal of one is single
     */
    public JournalTemplate(String cluster, int replicas, ReplicationMode mode) {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException(
                    "a journal on one machine has 1 to " + MOST_REPLICAS + " replicas, not " + replicas);
        }
        if (mode == ReplicationMode.QUORUM && replicas % 2 == 0) {
            throw new IllegalArgumentException("a quorum has an odd number of replicas, not " + replicas);
        }
        this.cluster = cluster;
        this.replicas = replicas;
        this.mode = replicas == 1 ? ReplicationMode.SINGLE : mode;
    }

    /** How many ports {@link #text} takes. */
    public int ports() {
        return members(Role.CONTROL_PLANE).size() + replicas;
    }

    /**
     * The file's text.
     *
     * @param ports gives a free port at each call: first for the control plane, then for the replicas
     */
    public String text(IntSupplier ports) {
        StringBuilder text = new StringBuilder();
        text.append(
                "# A replicated journal on one machine. docs/journal.md tells how to use it, docs/cluster.md explains every line.\n");
        text.append("cluster: ").append(cluster).append("\nmembers:\n");
        for (Role role : List.of(Role.CONTROL_PLANE, Role.JOURNAL)) {
            for (String name : members(role)) {
                text.append("  - {name: ")
                        .append(name)
                        .append(", role: ")
                        .append(role.label())
                        .append(", zone: ")
                        .append(name.charAt(name.length() - 1))
                        .append(", port: ")
                        .append(ports.getAsInt())
                        .append("}\n");
            }
        }
        return text.append("\njournals:\n  - name: ")
                .append(ClusterConfiguration.MAIN_JOURNAL)
                .append("\n    mode: ")
                .append(mode.name().toLowerCase(Locale.ROOT))
                .append("\n    members: [")
                .append(String.join(", ", members(Role.JOURNAL)))
                .append("]\n    minimum-members: ")
                .append(replicas / 2 + 1)
                .append("\n")
                .toString();
    }

    /** The control plane has an odd number of members. */
    private List<String> members(Role role) {
        int count = role == Role.JOURNAL || replicas % 2 == 1 ? replicas : replicas - 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(role.label() + "-" + (char) ('a' + i));
        }
        return names;
    }
}
