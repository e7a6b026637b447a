package dev.boreal.controlplane.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.controlplane.ControlPlaneSettings;
import dev.boreal.controlplane.paxos.PaxosSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneConfigurationTest {
    private static final Path DIRECTORY = Path.of("control-plane");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a    | a b       | false | founded by 1, 3 or 5 members, not by 2
            a    | a b c d   | false | not by 4
            d    | a b c     | false | not among the control plane's founders [a, b, c]
            a    | a b b     | false | different names
            a    | a b c     | true  | must be given others to ask
            ' '  | a b c     | false | 1 to 200 characters
            """)
    void refusesWhatDoesNotFitTogether(String name, String members, boolean joins, String message) {
        assertThatThrownBy(() -> new ControlPlaneConfiguration(
                        "cluster",
                        name,
                        List.of(members.split(" ")),
                        joins,
                        DIRECTORY,
                        ControlPlaneSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesOneThreeOrFiveFounders() {
        for (List<String> founders : List.of(List.of("a"), List.of("a", "b", "c"), List.of("a", "b", "c", "d", "e"))) {
            assertThat(ControlPlaneConfiguration.founder("cluster", "a", founders, DIRECTORY)
                            .members())
                    .isEqualTo(founders);
        }
        assertThat(ControlPlaneConfiguration.joining("cluster", "d", List.of("a"), DIRECTORY)
                        .joins())
                .isTrue();
    }

    @Test
    void refusesAHeartbeatThatIsNotShorterThanTheElectionTimeOut() {
        assertThatThrownBy(() -> new PaxosSettings(300, 300, 600, 100, 10, 100))
                .hasMessageContaining("must be shorter than its election time-out");
        assertThatThrownBy(() -> new ControlPlaneSettings(PaxosSettings.defaults(), 0, 10))
                .hasMessageContaining("positive");
    }
}
