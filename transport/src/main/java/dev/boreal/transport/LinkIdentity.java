package dev.boreal.transport;

import dev.boreal.contracts.cluster.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a process says of itself when a stream opens.
 *
 * @param cluster the cluster's id; streams between clusters are refused
 * @param member the process's name, unique in the cluster
 * @param role null for a program that is no member of the cluster and only uses its doors
 */
public record LinkIdentity(
        String cluster, String member, @Nullable Role role) {
    /** What stands in the place of a role for such a program. */
    public static final String CLIENT = "client";

    /** A program that only uses doors. */
    public static LinkIdentity ofClient(String cluster, String name) {
        return new LinkIdentity(cluster, name, null);
    }

    public String roleLabel() {
        return role == null ? CLIENT : role.label();
    }

    @Override
    public String toString() {
        return member + " (" + roleLabel() + ")";
    }
}
