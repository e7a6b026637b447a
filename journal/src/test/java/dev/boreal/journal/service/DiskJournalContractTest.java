package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.JournalContract;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DiskJournalContractTest extends JournalContract {
    private static final JournalConfiguration CONFIGURATION =
            JournalConfiguration.defaults().withSegmentBytes(16 << 10).withHistoryBatch(16, 1 << 10);

    @TempDir
    Path directory;

    private @Nullable DiskJournal open;

    @Override
    protected Journal journal() throws IOException {
        if (open == null) {
            open = DiskJournal.open(directory, CONFIGURATION);
        }
        return open;
    }

    @Override
    protected Journal restarted() throws IOException {
        close();
        open = DiskJournal.open(directory, CONFIGURATION);
        return open;
    }

    @Override
    protected long fillForTrim(long epoch, long fromTimestamp) throws IOException {
        long last = 0;
        for (int i = 0; i < 100; i++) {
            last = append(journal(), epoch, new JournalEntry(fromTimestamp + i, new byte[1000]))
                    .durable();
        }
        return last;
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }
}
