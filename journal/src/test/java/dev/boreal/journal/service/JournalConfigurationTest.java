package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JournalConfigurationTest {
    @Test
    void offersDefaultsThatHold() {
        assertThat(JournalConfiguration.defaults().segmentBytes()).isEqualTo(64L << 20);
        assertThat(JournalConfiguration.defaults().maxEntryBytes()).isEqualTo(256 << 20);
    }

    @Test
    void saysWhichSettingIsOutOfBounds() {
        JournalConfiguration defaults = JournalConfiguration.defaults();
        assertThatThrownBy(() -> defaults.withSegmentBytes(100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("journal segment size is 100");
        assertThatThrownBy(() -> defaults.withMaxEntryBytes(0)).hasMessageContaining("largest journal entry");
        assertThatThrownBy(() -> defaults.withQueue(0, 1)).hasMessageContaining("journal queue entries");
        assertThatThrownBy(() -> defaults.withHistoryBatch(1, 0)).hasMessageContaining("history batch bytes");
    }
}
