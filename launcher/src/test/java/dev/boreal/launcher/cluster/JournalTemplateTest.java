package dev.boreal.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTemplateTest {
    private static ClusterConfiguration read(int replicas, ReplicationMode mode) {
        JournalTemplate template = new JournalTemplate("log", replicas, mode);
        AtomicInteger ports = new AtomicInteger(9000);
        String text = template.text(ports::getAndIncrement);
        assertThat(ports.get()).isEqualTo(9000 + template.ports());
        return ClusterFileReader.parse("cluster.yaml", text, Path.of("/somewhere/"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, CHAIN, 1, SINGLE",
        "2, CHAIN, 1, CHAIN",
        "3, CHAIN, 3, CHAIN",
        "3, QUORUM, 3, QUORUM",
        "5, QUORUM, 5, QUORUM"
    })
    void isAConfigurationOfControlPlaneAndReplicas(
            int replicas, ReplicationMode mode, int controlPlane, ReplicationMode modeThen) {
        ClusterConfiguration configuration = read(replicas, mode);
        assertThat(configuration.cluster()).isEqualTo("log");
        assertThat(configuration.members()).hasSize(controlPlane + replicas);
        assertThat(configuration.controlPlane()).hasSize(controlPlane);
        List<String> names = configuration.members(Role.JOURNAL).stream()
                .map(MemberSection::name)
                .toList();
        assertThat(configuration.journals())
                .containsExactly(new JournalSection("main", modeThen, names, replicas / 2 + 1));
    }

    @Test
    void refusesWhatNoJournalCanBe() {
        assertThatThrownBy(() -> new JournalTemplate("log", 4, ReplicationMode.QUORUM))
                .hasMessage("a quorum has an odd number of replicas, not 4");
        assertThatThrownBy(() -> new JournalTemplate("log", 6, ReplicationMode.CHAIN))
                .hasMessage("a journal on one machine has 1 to 5 replicas, not 6");
    }
}
