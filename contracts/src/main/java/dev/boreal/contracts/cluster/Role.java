package dev.boreal.contracts.cluster;

import java.util.Locale;

/** What a process is for. */
public enum Role {
    CONTROL_PLANE,
    JOURNAL,
    ADJUDICATOR,
    CROSSBAR,
    STORAGE,
    QUERY_PROCESSOR;

    /** As people write it: {@code query-processor}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Throws IllegalArgumentException naming the roles there are. */
    public static Role of(String label) {
        StringBuilder known = new StringBuilder();
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
            known.append(known.isEmpty() ? "" : ", ").append(role.label());
        }
        throw new IllegalArgumentException("no role is called \"" + label + "\"; there are " + known);
    }
}
