package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One process, as the file describes it.
 *
 * @param name unique in the cluster
 * @param role what it is for
 * @param zone where it stands
 * @param host where it listens
 * @param port of its doors for other processes; 0 takes a free one (or, for a query processor, says that it has none)
 * @param clientPort where a query processor serves PostgreSQL clients; 0 for the other roles
 * @param data its directory
 * @param heap what the process gets for Java objects, such as {@code 256m}
 * @param settings by name: those of its role and of its own
 * @param networkNamespace of Linux, in which {@code ./boreal cluster} starts it; null for the one of the command
 */
public record MemberSection(
        String name,
        Role role,
        String zone,
        String host,
        int port,
        int clientPort,
        Path data,
        String heap,
        Map<String, String> settings,
        @Nullable String networkNamespace) {
    public MemberSection {
        settings = Map.copyOf(settings);
    }
}
