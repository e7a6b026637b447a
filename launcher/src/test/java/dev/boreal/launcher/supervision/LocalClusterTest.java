package dev.boreal.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.MemberSection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    @TempDir
    Path directory;

    @Test
    void givesEveryMemberAPortOfItsOwn() throws Exception {
        LocalCluster cluster = LocalCluster.create(directory.resolve("one"), 3, 0);
        Set<Integer> ports = new HashSet<>();
        for (MemberSection member : cluster.configuration().members()) {
            assertThat(member.host()).isEqualTo("127.0.0.1");
            assertThat(ports.add(member.port() + member.clientPort())).isTrue();
        }
        assertThat(ports).hasSize(18);
        assertThat(cluster.state(cluster.member("journal-b")).condition()).isEqualTo(MemberState.Condition.DOWN);
    }

    @Test
    void continuesTheClusterOfADirectory() throws Exception {
        LocalCluster made = LocalCluster.create(directory.resolve("one"), 2, 0);
        assertThat(LocalCluster.open(directory.resolve("one")).configuration()).isEqualTo(made.configuration());
        assertThat(made.configuration().members(Role.CONTROL_PLANE)).hasSize(1);
    }

    @Test
    void saysThatThereIsNoClusterAndHowToMakeOne() {
        assertThatThrownBy(() -> LocalCluster.open(directory))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("there is no cluster in " + directory)
                .hasMessageContaining("./boreal cluster up");
    }

    @Test
    void leavesADirectoryAloneThatHoldsSomethingElse() throws Exception {
        Files.writeString(directory.resolve("letter.txt"), "Dear all");
        assertThatThrownBy(() -> LocalCluster.create(directory, 3, 0))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("holds files but no cluster.yaml");
    }

    @Test
    void namesThePortThatIsTakenAndMakesNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> LocalCluster.create(directory.resolve("one"), 1, port))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("port " + port + " is taken by another program")
                    .hasMessageContaining("--port");
        }
        assertThat(directory.resolve("one")).doesNotExist();
    }

    @Test
    void namesTheMemberWhosePortWasTakenMeanwhile() throws Exception {
        LocalCluster cluster = LocalCluster.create(directory.resolve("one"), 1, 0);
        int port = cluster.member("journal-a").port();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> cluster.up((role, members) -> {}))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of journal-a is taken");
        }
        assertThat(cluster.down()).isZero();
    }

    @Test
    void saysThatAMemberDoesNotRunOrDoesNotExist() throws Exception {
        LocalCluster cluster = LocalCluster.create(directory.resolve("one"), 1, 0);
        MemberSection member = cluster.member("storage-a");
        assertThatThrownBy(() -> cluster.kill(List.of(member)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("storage-a does not run: ./boreal cluster restart storage-a starts it");
        assertThatThrownBy(() -> cluster.member("storage-z"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("no member is called \"storage-z\"; there are control-plane-a");
    }
}
