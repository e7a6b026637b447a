package dev.boreal.launcher.command;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.ClusterFileReader;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.role.RoleProcess;
import dev.boreal.launcher.service.StartFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code boreal start --role ... --config cluster.yaml --name ...}: one member of a cluster, until it is told to stop. */
final class MemberStart {
    private final CommandSpec spec;
    private final @Nullable String role;
    private final @Nullable String name;
    private final @Nullable Path file;

    MemberStart(CommandSpec spec, @Nullable String role, @Nullable String name, @Nullable Path file) {
        this.spec = spec;
        this.role = role;
        this.name = name;
        this.file = file;
    }

    int run() throws IOException, StartFailedException, InterruptedException {
        if (role == null || name == null || file == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--role, --name and --config cluster.yaml belong together: one is missing");
        }
        Role wanted = role(role);
        ClusterConfiguration cluster = ClusterFileReader.read(file);
        MemberSection self = cluster.member(name);
        if (self == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    file + " has no member \"" + name + "\"; there are "
                            + String.join(
                                    ", ",
                                    cluster.members().stream()
                                            .map(MemberSection::name)
                                            .toList()));
        }
        if (self.role() != wanted) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    name + " is of role " + self.role().label() + " in " + file + ", not " + wanted.label());
        }
        return serve(cluster, self);
    }

    private Role role(String label) {
        try {
            return Role.of(label);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--role: " + e.getMessage(), e);
        }
    }

    private int serve(ClusterConfiguration cluster, MemberSection self)
            throws StartFailedException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Boreal " + Version.text() + ", " + self.name() + " of cluster " + cluster.cluster() + ", data in "
                + self.data());
        out.flush();
        RoleProcess process = RoleProcess.start(cluster, self);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            process.close();
            out.println("stopped");
            out.flush();
            stopped.countDown();
        }));
        stopped.await();
        return 0;
    }
}
