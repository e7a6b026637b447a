package dev.boreal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StorageConfigurationTest {
    @Test
    void defaultsFollowTheHeap() {
        StorageConfiguration configuration = StorageConfiguration.forHeap(2L << 30);
        assertThat(configuration.cacheBytes()).isEqualTo(256L << 20);
        assertThat(configuration.retentionNanos()).isEqualTo(300_000_000_000L);
        assertThat(configuration.readTimeoutNanos()).isEqualTo(10_000_000_000L);
    }

    @Test
    void aValueThatMakesNoSenseIsRefusedByItsName() {
        StorageConfiguration configuration = StorageConfiguration.forHeap(1L << 30);
        assertThatThrownBy(() -> configuration.withRetentionNanos(0)).hasMessageContaining("history.retention");
        assertThatThrownBy(() -> configuration.withReadTimeoutNanos(0)).hasMessageContaining("storage.read.timeout");
        assertThatThrownBy(() -> configuration.withCacheBytes(-1)).hasMessageContaining("storage.cache.bytes");
    }
}
