package dev.boreal.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.configuration.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFileReaderTest {
    private static final Path DIRECTORY = Path.of("/clusters/one");

    private static ClusterConfiguration parse(String text) {
        return ClusterFileReader.parse("cluster.yaml", text, DIRECTORY);
    }

    private static MemberSection member(ClusterConfiguration configuration, String name) {
        return Objects.requireNonNull(configuration.member(name));
    }

    private static void refuses(String text, String... parts) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(InvalidConfigurationException.class, e -> {
            for (String part : parts) {
                assertThat(e).hasMessageContaining(part);
            }
        });
    }

    @Test
    void defaultsWhatTheFileIsSilentAbout() {
        ClusterConfiguration read = parse("""
                cluster: shop
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                  - {name: journal-a, role: journal, zone: a}
                  - {name: journal-b, role: journal, zone: b}
                  - {name: journal-c, role: journal, zone: c}
                """);
        assertThat(read.zones()).containsExactly("a", "b", "c");
        assertThat(read.controlPlane()).containsEntry("control-plane-a", new Endpoint("127.0.0.1", 7001));
        assertThat(read.journals())
                .containsExactly(new JournalSection(
                        "main", ReplicationMode.CHAIN, List.of("journal-a", "journal-b", "journal-c"), 2));
        MemberSection journal = member(read, "journal-b");
        assertThat(journal.data()).isEqualTo(DIRECTORY.resolve("journal-b"));
        assertThat(journal.port()).isZero();
        assertThat(journal.settings()).isEmpty();
    }

    @Test
    void tellsAProcessNoMoreThanItNeeds() {
        ClusterConfiguration read = parse("""
                cluster: shop
                control-plane:
                  - {name: control-plane-a, port: 7001}
                  - {name: control-plane-b, port: 7002}
                  - {name: control-plane-c, port: 7003}
                members:
                  - {name: storage-b, role: storage, zone: b, data: /disks/1, heap: 2g}
                """);
        assertThat(read.controlPlane()).hasSize(3);
        assertThat(read.members()).hasSize(1);
        assertThat(member(read, "storage-b").data()).isEqualTo(Path.of("/disks/1"));
        assertThat(member(read, "storage-b").heap()).isEqualTo("2g");
        assertThat(read.journals()).isEmpty();
    }

    @Test
    void knowsWhereAZoneConnectsToAMemberThatItDoesNotReachDirectly() {
        ClusterConfiguration read = parse("""
                cluster: shop
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                  - {name: journal-b, role: journal, zone: b, network-namespace: second}
                routes:
                  a: {journal-b: 127.0.0.1:7900}
                """);
        assertThat(read.route("a", "journal-b")).isEqualTo(new Endpoint("127.0.0.1", 7900));
        assertThat(read.route("b", "journal-b")).isNull();
        assertThat(read.route("a", "control-plane-a")).isNull();
        assertThat(member(read, "journal-b").networkNamespace()).isEqualTo("second");
        refuses("""
                cluster: shop
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                routes:
                  b: {control-plane-a: 127.0.0.1}
                """, "cluster.yaml:5: there is no zone \"b\"", "is not a host and a port");
    }

    @Test
    void takesTheNarrowestSetting() {
        ClusterConfiguration read = parse("""
                cluster: shop
                settings: {history.retention: 2min, storage.cache.size: 1MB, heartbeat.interval: 3ms}
                roles:
                  storage: {settings: {storage.cache.size: 2MB}, heap: 300m}
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                  - {name: storage-a, role: storage, zone: a, settings: {heartbeat.interval: 9ms}}
                """);
        assertThat(member(read, "storage-a").settings())
                .containsEntry("history.retention", "2min")
                .containsEntry("storage.cache.size", "2MB")
                .containsEntry("heartbeat.interval", "9ms");
        assertThat(member(read, "storage-a").heap()).isEqualTo("300m");
        assertThat(member(read, "control-plane-a").settings()).containsEntry("storage.cache.size", "1MB");
    }

    @Test
    void namesEverythingThatIsWrongWithItsLine() {
        refuses(
                """
                cluster: Shop!
                zones: [a, b]
                members:
                  - name: control-plane-a
                    role: control-plane
                    zone: a
                  - name: journal-a
                    role: jurnal
                    zone: a
                    prot: 7002
                  - {name: storage-z, role: storage, zone: z}
                  - {name: storage-z, role: storage, zone: b, port: 70000}
                  - {name: crossbar-a, role: crossbar, zone: a, host: 10.1.2.3}
                  - {name: query-processor-a, role: query-processor, zone: a}
                journals:
                  - {name: main, mode: ring, members: [journal-z], minimum-members: 2}
                """,
                "cluster.yaml:1: a cluster's id has small letters",
                "cluster.yaml:4: a control plane's member needs a \"port\"",
                "cluster.yaml:8: role: \"jurnal\": no role is called \"jurnal\"; there are control-plane, journal,",
                "cluster.yaml:10: a member has no \"prot\"; there are name, role, zone, host, port",
                "cluster.yaml:11: there is no zone \"z\" among zones: a, b",
                "cluster.yaml:12: two members are called \"storage-z\"",
                "cluster.yaml:12: port: \"70000\": is not a port",
                "cluster.yaml:13: host 10.1.2.3 is not a loopback address",
                "cluster.yaml:14: a query processor needs \"client-port\"",
                "cluster.yaml:16: mode: \"ring\": is none of single, chain and quorum",
                "cluster.yaml:16: minimum-members is between 1 and the number of members, 1; not 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history.retention: soon", "listen.port: 5", "no.such: 1", "journal.segment.size: [1]"})
    void refusesASettingThatNoRoomWouldTake(String setting) {
        refuses(
                "cluster: shop\nmembers:\n  - {name: c, role: control-plane, zone: a, port: 7001}\nsettings:\n  "
                        + setting + "\n",
                "cluster.yaml:5: ",
                setting.substring(0, setting.indexOf(':')));
    }

    @Test
    void wantsAnOddNumberOfControlPlaneMembers() {
        refuses("""
                cluster: shop
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                  - {name: control-plane-b, role: control-plane, zone: b, port: 7002}
                """, "the control plane has 1, 3 or 5 members, not 2");
    }

    @Test
    void refusesTwoDoorsAtOneAddress() {
        refuses("""
                cluster: shop
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, port: 7001}
                  - {name: journal-a, role: journal, zone: a, port: 7001}
                """, "cluster.yaml:4: journal-a and control-plane-a have the same address 127.0.0.1:7001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster: [", "a: b: c", "\t- x", "members: {a"})
    void saysWhereItIsNotYaml(String text) {
        refuses(text, "cluster.yaml:", "is not YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing"})
    void refusesAnEmptyFile(String text) {
        refuses(text, "the file is empty");
    }

    @Test
    void letsATrustedNetworkBeNamed() {
        ClusterConfiguration read = parse("""
                cluster: shop
                trusted-network: true
                members:
                  - {name: control-plane-a, role: control-plane, zone: a, host: 10.9.8.7, port: 7001}
                """);
        assertThat(member(read, "control-plane-a").host()).isEqualTo("10.9.8.7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void readsWhatTheTemplateWrites(int zones) {
        AtomicInteger ports = new AtomicInteger(7_000);
        ClusterConfiguration read =
                parse(new ClusterTemplate("shop", zones).text(ports::incrementAndGet, ports::incrementAndGet));
        assertThat(read.zones()).hasSize(zones);
        for (Role role : List.of(Role.ADJUDICATOR, Role.CROSSBAR, Role.STORAGE, Role.QUERY_PROCESSOR)) {
            assertThat(read.members(role)).hasSize(zones);
        }
        assertThat(read.journals()).hasSize(1);
        assertThat(read.journals().getFirst().members()).hasSize(Math.min(zones, 3));
    }
}
