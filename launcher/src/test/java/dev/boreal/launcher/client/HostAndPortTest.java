package dev.boreal.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @Test
    void readsHostsAndBothKindsOfAddresses() {
        assertThat(HostAndPort.parse("127.0.0.1:7432")).isEqualTo(new HostAndPort("127.0.0.1", 7432));
        assertThat(HostAndPort.parse("[::1]:7432")).isEqualTo(new HostAndPort("::1", 7432));
        assertThat(HostAndPort.parse("localhost:1").resolve()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "localhost:", ":7432", "localhost:0", "localhost:65536", "::1:7432", "a:b"})
    void refusesWhatIsNoAddressAndShowsOne(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is not an address such as 127.0.0.1:7432");
    }
}
