package dev.boreal.launcher.role;

import dev.boreal.crossbar.service.MergedCrossbar;
import dev.boreal.launcher.client.JournalConnection;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.disk.StatusFile.Status;
import dev.boreal.transport.crossbar.CrossbarDoor;
import java.util.List;

/** A crossbar over the journal, read at the nearest replica. */
final class CrossbarRoom implements Room {
    private final JournalConnection journal;
    private final MergedCrossbar crossbar;

    CrossbarRoom(Surroundings around) {
        journal = around.journal(ClusterConfiguration.MAIN_JOURNAL);
        crossbar =
                new MergedCrossbar(List.of(journal.journal()), around.settings().crossbar());
        around.server().serve(new CrossbarDoor(crossbar));
    }

    @Override
    public Status status(long nowMillis) {
        return Status.of(true, nowMillis, -1, -1, "feeds " + crossbar.feeds() + " storage replicas")
                .withWatermark(crossbar.watermark());
    }

    @Override
    public void close() {
        crossbar.close();
        journal.close();
    }
}
