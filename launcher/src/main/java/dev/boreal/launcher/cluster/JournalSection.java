package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;

/**
 * A journal, as it shall be when it does not exist yet. Afterwards the register knows better: its plan changes with what
 * happens.
 *
 * @param members of a chain: from head to tail
 * @param minimumMembers a chain never gets shorter than this
 */
public record JournalSection(String name, ReplicationMode mode, List<String> members, int minimumMembers) {
    public JournalSection {
        members = List.copyOf(members);
    }

    /** The plan that the first start writes. */
    public JournalPlan firstPlan() {
        return new JournalPlan(name, mode, 1, members, List.of(), minimumMembers);
    }
}
