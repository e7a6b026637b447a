package dev.boreal.examples.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.journal.service.DiskJournal;
import dev.boreal.journal.service.JournalConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStepsTest {
    @TempDir
    Path directory;

    @Test
    void whatWasAppendedComesBackInOrder() throws Exception {
        try (DiskJournal journal = DiskJournal.open(directory, JournalConfiguration.defaults())) {
            assertThat(FirstSteps.take(journal))
                    .containsExactly(
                            "the second one was durable",
                            "the third one was refused: the journal is at 2 already",
                            "heard: hello world");
        }
    }
}
