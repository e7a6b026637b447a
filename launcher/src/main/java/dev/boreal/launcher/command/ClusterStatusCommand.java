package dev.boreal.launcher.command;

import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code boreal cluster status}: every member, and how it fares. */
@Command(
        name = "status",
        description = "Show every member, its process, and how far it is; exit code 3 unless all are up.",
        mixinStandardHelpOptions = true)
final class ClusterStatusCommand implements Callable<Integer> {
    private static final int NOT_ALL_UP = 3;
    private static final long STALE_MILLIS = 5_000;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    @Mixin
    private ClusterDirectory directory = new ClusterDirectory();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        LocalCluster cluster = directory.open();
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {
            "member", "role", "zone", "port", "pid", "state", "term", "position", "watermark", "lag", "note"
        });
        boolean allUp = true;
        for (MemberSection member : cluster.configuration().members()) {
            MemberState state = cluster.state(member);
            allUp &= state.isUp();
            lines.add(line(state, System.currentTimeMillis()));
        }
        PrintWriter out = spec.commandLine().getOut();
        print(lines, out);
        out.flush();
        return allUp ? 0 : NOT_ALL_UP;
    }

    private static String[] line(MemberState state, long nowMillis) {
        MemberSection member = state.member();
        Status status = state.status();
        int port = member.clientPort() == 0 ? member.port() : member.clientPort();
        return new String[] {
            member.name(),
            member.role().label(),
            member.zone(),
            port == 0 ? "" : Integer.toString(port),
            state.pid() == 0 ? "" : Long.toString(state.pid()),
            state.condition().label(),
            status == null ? "" : number(status.term()),
            status == null ? "" : number(status.position()),
            status == null || status.watermark() < 0 ? "" : time(status.watermark()),
            status == null ? "" : status.lag(),
            status == null ? "" : note(status, nowMillis)
        };
    }

    private static String note(Status status, long nowMillis) {
        long age = nowMillis - status.writtenAtMillis();
        return age > STALE_MILLIS
                ? "silent for " + age / MILLIS_PER_SECOND + " s; before: " + status.note()
                : status.note();
    }

    private static String number(long number) {
        return number < 0 ? "" : Long.toString(number);
    }

    private static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    }

    private static void print(List<String[]> lines, PrintWriter out) {
        int columns = lines.getFirst().length;
        int[] widths = new int[columns];
        for (String[] line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                if (widths[i] > 0) {
                    text.append(line[i]).repeat(' ', widths[i] - line[i].length() + 2);
                }
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
