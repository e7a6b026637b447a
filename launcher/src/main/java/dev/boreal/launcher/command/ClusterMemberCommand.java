package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.supervision.ClusterException;
import dev.boreal.launcher.supervision.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that does one thing to members of a cluster at once: to those named, or to all of a zone. */
abstract class ClusterMemberCommand implements Callable<Integer> {
    private static final String ZONE = "zone:";

    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Parameters(
            arity = "1..*",
            paramLabel = "MEMBER",
            description = "Members, such as journal-b; zone:b is all members of a zone.")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Does it; what became of the members, in a word. */
    abstract String apply(LocalCluster cluster, List<MemberSection> members)
            throws IOException, ClusterException, InterruptedException;

    @Override
    public final Integer call() throws IOException, ClusterException, InterruptedException {
        LocalCluster cluster = directory.open();
        PrintWriter out = spec.commandLine().getOut();
        List<MemberSection> chosen = chosen(cluster);
        String outcome = apply(cluster, chosen);
        for (MemberSection member : chosen) {
            out.println(member.name() + " " + outcome);
        }
        out.flush();
        return 0;
    }

    private List<MemberSection> chosen(LocalCluster cluster) throws ClusterException {
        List<MemberSection> chosen = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith(ZONE)) {
                String zone = name.substring(ZONE.length());
                List<MemberSection> inside = cluster.configuration().members().stream()
                        .filter(member -> member.zone().equals(zone))
                        .toList();
                if (inside.isEmpty()) {
                    throw new ClusterException("no zone is called \"" + zone + "\"; there are "
                            + String.join(", ", cluster.configuration().zones()));
                }
                chosen.addAll(inside);
            } else {
                chosen.add(cluster.member(name));
            }
        }
        return chosen;
    }
}
