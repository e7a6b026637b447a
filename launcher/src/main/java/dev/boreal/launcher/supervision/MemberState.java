package dev.boreal.launcher.supervision;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.disk.StatusFile.Status;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a member from outside.
 *
 * @param member its section
 * @param condition of its process
 * @param pid of its process, 0 without one
 * @param status what it last said of itself while it lived, or null
 */
public record MemberState(
        MemberSection member,
        Condition condition,
        long pid,
        @Nullable Status status) {

    /** How a process is. */
    public enum Condition {
        DOWN("down"),
        STARTING("starting"),
        UP("up"),
        PAUSED("paused");

        private final String label;

        Condition(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public boolean isUp() {
        return condition == Condition.UP;
    }
}
