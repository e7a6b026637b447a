package dev.boreal.launcher.cluster;

import static org.awaitility.Awaitility.await;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.launcher.supervision.LocalCluster;
import dev.boreal.launcher.supervision.MemberState;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Whether every member of a cluster does its part again, with nobody's help. */
final class Wholeness {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LocalCluster cluster;

    Wholeness(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Every member is up; each replica of the journal has its place in the plan; replicas and crossbars know everything up to
     * a moment after the call. So the next loss may come.
     */
    void awaitAll() {
        long nowMillis = System.currentTimeMillis();
        try {
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(ClusterLoad.PATIENCE)
                    .until(() -> missing(nowMillis).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the cluster is not whole again: " + look(nowMillis), e);
        }
    }

    private String look(long sinceMillis) {
        try {
            return missing(sinceMillis);
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String missing(long sinceMillis) throws IOException, InterruptedException {
        StringBuilder missing = new StringBuilder();
        for (MemberSection member : cluster.configuration().members()) {
            MemberState state = cluster.state(member);
            Status status = state.status();
            if (!state.isUp() || status == null) {
                missing.append(member.name())
                        .append(" is ")
                        .append(state.condition().label())
                        .append("; ");
            } else if (status.writtenAtMillis() < sinceMillis
                    || !isCaughtUp(member.role(), status, sinceMillis)
                    || member.role() == Role.JOURNAL && !keepsTheJournal(status.note())) {
                missing.append(member.name()).append(": ").append(status).append("; ");
            }
        }
        return missing.toString();
    }

    private static boolean isCaughtUp(Role role, Status status, long sinceMillis) {
        return switch (role) {
            case JOURNAL, STORAGE -> status.watermark() >= sinceMillis * NANOS_PER_MILLI;
            case CROSSBAR -> status.watermark() < 0 || status.watermark() >= sinceMillis * NANOS_PER_MILLI;
            case CONTROL_PLANE, ADJUDICATOR, QUERY_PROCESSOR -> true;
        };
    }

    private static boolean keepsTheJournal(String note) {
        return note.startsWith("leads") && !note.contains("learning") || note.startsWith("follows");
    }
}
