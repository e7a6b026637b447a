package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;

/** What a process of a role gets for Java objects unless the file says otherwise: enough for a cluster on one machine. */
final class RoleHeaps {
    private RoleHeaps() {}

    static String of(Role role) {
        return switch (role) {
            case CONTROL_PLANE -> "64m";
            case CROSSBAR -> "160m";
            case JOURNAL, ADJUDICATOR -> "224m";
            case STORAGE -> "320m";
            case QUERY_PROCESSOR -> "448m";
        };
    }
}
