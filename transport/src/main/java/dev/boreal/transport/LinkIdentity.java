package dev.boreal.transport;

import dev.boreal.contracts.cluster.Role;

/**
 * What a process says of itself when a stream opens.
 *
 * @param cluster the cluster's id; streams between clusters are refused
 * @param member the process's name, unique in the cluster
 */
public record LinkIdentity(String cluster, String member, Role role) {
    @Override
    public String toString() {
        return member + " (" + role.label() + ")";
    }
}
