package dev.boreal.controlplane.service;

import dev.boreal.controlplane.ControlPlaneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * Settings of one member of the control plane, validated together.
 *
 * @param cluster what the cluster is called; a member's log of another one is refused
 * @param name this member's own, the same after a restart, and never that of a member whose disk was lost
 * @param members of a founding member: all founders, this one among them, the same for each, 1, 3 or 5. Of one that joins: whom it asks
 * @param joins whether it comes to a control plane that exists: it learns first, and counts once it was added
 * @param directory for its log; its own
 * @param settings time-outs and sizes; all members should have the same
 */
public record ControlPlaneConfiguration(
        String cluster,
        String name,
        List<String> members,
        boolean joins,
        Path directory,
        ControlPlaneSettings settings) {

    /** Between two ticks of the core. */
    static final Duration TICK = Duration.ofMillis(50);

    private static final int LONGEST_NAME = 200;

    public ControlPlaneConfiguration {
        members = List.copyOf(members);
        checkName("cluster", cluster);
        checkName("member", name);
        members.forEach(member -> checkName("member", member));
        if (new HashSet<>(members).size() != members.size()) {
            throw new IllegalArgumentException("a control plane's members must have different names: " + members);
        }
        if (joins && (members.isEmpty() || members.contains(name))) {
            throw new IllegalArgumentException(
                    "a member that joins the control plane must be given others to ask, not itself: \"" + name
                            + "\" was given " + members);
        }
        if (!joins && !members.contains(name)) {
            throw new IllegalArgumentException(
                    "the member \"" + name + "\" is not among the control plane's founders " + members);
        }
        if (!joins && members.size() != 1 && members.size() != 3 && members.size() != 5) {
            throw new IllegalArgumentException(
                    "a control plane is founded by 1, 3 or 5 members, not by " + members.size());
        }
    }

    private static void checkName(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a " + what + "'s name has 1 to " + LONGEST_NAME + " characters on one line, not \"" + name + "\"");
        }
    }

    /** A founder with the usual settings. */
    public static ControlPlaneConfiguration founder(
            String cluster, String name, List<String> founders, Path directory) {
        return new ControlPlaneConfiguration(
                cluster, name, founders, false, directory, ControlPlaneSettings.defaults());
    }

    /** A member that {@link ControlPlaneMember#addMember} of another will take in. */
    public static ControlPlaneConfiguration joining(
            String cluster, String name, List<String> contacts, Path directory) {
        return new ControlPlaneConfiguration(cluster, name, contacts, true, directory, ControlPlaneSettings.defaults());
    }

    public ControlPlaneConfiguration withSettings(ControlPlaneSettings newSettings) {
        return new ControlPlaneConfiguration(cluster, name, members, joins, directory, newSettings);
    }
}
