package dev.boreal.controlplane.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.controlplane.ControlPlaneSettings;
import dev.boreal.controlplane.disk.FakeDisk;
import dev.boreal.controlplane.paxos.PaxosRole;
import dev.boreal.controlplane.paxos.PaxosSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ControlPlaneMemberTest {
    private static final List<String> FOUNDERS = List.of("a", "b", "c");

    private final LocalNetwork network = new LocalNetwork();
    private final Map<String, FakeDisk> disks = new TreeMap<>();
    private final Map<String, ControlPlaneMember> members = new TreeMap<>();

    @TempDir
    Path directory;

    private ControlPlaneMember start(String name, boolean joins, long requestMillis) throws IOException {
        ControlPlaneSettings settings =
                new ControlPlaneSettings(PaxosSettings.defaults(), TimeUnit.MILLISECONDS.toNanos(requestMillis), 50);
        ControlPlaneConfiguration configuration =
                new ControlPlaneConfiguration("test", name, FOUNDERS, joins, directory, settings);
        ControlPlaneMember member = ControlPlaneMember.open(
                configuration, network.of(name), disk(name), new Chance(name.hashCode() + System.nanoTime()));
        members.put(name, member);
        return member;
    }

    private FakeDisk disk(String name) {
        return disks.computeIfAbsent(name, ignored -> new FakeDisk());
    }

    private void startAll() throws IOException {
        for (String name : FOUNDERS) {
            start(name, false, 20_000);
        }
    }

    @AfterEach
    void stopAll() {
        disks.values().forEach(FakeDisk::release);
        members.values().forEach(ControlPlaneMember::close);
    }

    private ControlPlaneMember member(String name) {
        ControlPlaneMember member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException(name);
        }
        return member;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long updated(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        return ((UpdateOutcome.Updated) outcome).version();
    }

    private static long write(ControlPlane register, String key, String value) {
        RegisterEntry current = register.read(key);
        return updated(register.compareAndSet(key, current == null ? 0 : current.version(), bytes(value), 0));
    }

    private String leader() throws InterruptedException {
        await(() -> members.values().stream()
                .anyMatch(member -> member.status().role() == PaxosRole.LEADER
                        && member.status().failure() == null));
        return members.values().stream()
                .filter(member -> member.status().role() == PaxosRole.LEADER)
                .findFirst()
                .orElseThrow()
                .status()
                .member();
    }

    @Test
    void everyMemberReadsWhatAnyMemberWrote() throws IOException {
        startAll();
        for (String writer : FOUNDERS) {
            long version = write(member(writer), "key", writer);
            for (String reader : FOUNDERS) {
                assertThat(member(reader).read("key")).isEqualTo(new RegisterEntry("key", bytes(writer), version, 0));
            }
        }
        assertThat(member("a").list("k")).hasSize(1);
        assertThat(member("b").read("other")).isNull();
    }

    @Test
    void ofManyWhoCompareAndSetOneWins() throws Exception {
        startAll();
        List<Thread> threads = new ArrayList<>();
        List<UpdateOutcome> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 30; i++) {
            ControlPlane register = member(FOUNDERS.get(i % 3));
            byte[] value = bytes("writer " + i);
            threads.add(Thread.ofVirtual().start(() -> outcomes.add(register.compareAndSet("key", 0, value, 0))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(30);
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof UpdateOutcome.Updated))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof UpdateOutcome.VersionMoved))
                .hasSize(29);
    }

    @Test
    void goesOnWhenTheLeaderIsCutOffAndTheLeaderCatchesUp() throws Exception {
        startAll();
        write(member("a"), "key", "before");
        String cutOff = leader();
        network.cutOff(cutOff);
        String other = FOUNDERS.stream()
                .filter(name -> !name.equals(cutOff))
                .findFirst()
                .orElseThrow();
        long version = write(member(other), "key", "without it");
        for (int i = 0; i < 120; i++) {
            version = write(member(other), "key", "without it " + i);
        }
        network.heal();
        assertThat(member(cutOff).read("key")).isEqualTo(new RegisterEntry("key", bytes("without it 119"), version, 0));
    }

    @Test
    void withoutAMajorityCallsEndAsUnavailable() throws Exception {
        ControlPlaneMember lonely = start("a", false, 300);
        assertThatThrownBy(() -> lonely.read("key"))
                .isInstanceOf(ControlPlaneUnavailableException.class)
                .hasMessageContaining("[a, b, c]");
        assertThat(lonely.compareAndSet("key", 0, bytes("value"), 0)).isInstanceOf(UpdateOutcome.Unavailable.class);
        assertThatThrownBy(() -> lonely.beginSession("owner", Duration.ofSeconds(1)))
                .isInstanceOf(ControlPlaneUnavailableException.class);
        assertThatThrownBy(() -> lonely.keepAlive(1)).isInstanceOf(ControlPlaneUnavailableException.class);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAllLostTheirPower() throws Exception {
        startAll();
        long version = 0;
        for (int i = 0; i < 130; i++) {
            version = write(member(FOUNDERS.get(i % 3)), "key", "value " + i);
        }
        long session = member("a").beginSession("owner", Duration.ofMinutes(5));
        for (String name : FOUNDERS) {
            member(name).close();
            disks.put(name, disk(name).afterPowerLoss(new Chance(name.hashCode())));
        }
        startAll();
        assertThat(member("b").read("key")).isEqualTo(new RegisterEntry("key", bytes("value 129"), version, 0));
        assertThat(member("c").keepAlive(session)).isTrue();
    }

    @Test
    void aFailedDiskSilencesItsMemberOnly() throws Exception {
        startAll();
        write(member("a"), "key", "before");
        String broken = leader();
        disk(broken).fail();
        String other = FOUNDERS.stream()
                .filter(name -> !name.equals(broken))
                .findFirst()
                .orElseThrow();
        write(member(other), "key", "after");
        await(() -> member(broken).status().failure() != null);
        assertThat(member(broken).status().failure()).contains("Input/output error");
        assertThatThrownBy(() -> member(broken).read("key"))
                .isInstanceOf(ControlPlaneUnavailableException.class)
                .hasMessageContaining("Input/output error");
    }

    @Test
    void aLeaderWhoseDiskHangsGoesOnWithTheDisksOfTheOthers() throws Exception {
        startAll();
        write(member("a"), "key", "before");
        String leader = leader();
        disk(leader).hang();
        for (int i = 0; i < 20; i++) {
            write(member(leader), "key", "value " + i);
        }
        disk(leader).release();
        assertThat(member(leader).read("key")).isNotNull();
    }

    @Test
    void aSessionEndsWithItsLeaseAndTakesItsEntriesAlong() throws Exception {
        startAll();
        ControlPlane register = member("a");
        long session = register.beginSession("owner", Duration.ofMillis(300));
        updated(register.compareAndSet("members/x", 0, bytes("here"), session));
        ConcurrentSkipListMap<String, Long> removed = new ConcurrentSkipListMap<>();
        try (ControlPlane.Watch watch = member("b").watch("members/", new Follower(new TreeMap<>(), removed))) {
            assertThat(watch).isNotNull();
            await(() -> removed.containsKey("members/x"));
        }
        assertThat(member("c").keepAlive(session)).isFalse();
        assertThat(register.compareAndSet("members/x", 0, bytes("again"), session))
                .isEqualTo(new UpdateOutcome.SessionEnded(session));
        assertThat(register.read("members/x")).isNull();
    }

    @Test
    void signsOfLifeThroughAnyMemberKeepASession() throws Exception {
        startAll();
        long session = member("a").beginSession("owner", Duration.ofSeconds(1));
        updated(member("a").compareAndSet("members/x", 0, bytes("here"), session));
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            assertThat(member(FOUNDERS.get(i % 3)).keepAlive(session)).isTrue();
            Thread.sleep(50);
        }
        assertThat(member("b").read("members/x")).isNotNull();
        member("c").endSession(session);
        assertThat(member("b").read("members/x")).isNull();
    }

    private static final class Follower implements ControlPlane.WatchListener {
        private final Map<String, RegisterEntry> entries;
        private final Map<String, Long> removed;

        Follower(Map<String, RegisterEntry> entries, Map<String, Long> removed) {
            this.entries = entries;
            this.removed = removed;
        }

        @Override
        public void onSnapshot(List<RegisterEntry> all) {
            entries.clear();
            all.forEach(entry -> entries.put(entry.key(), entry));
        }

        @Override
        public void onChanged(RegisterEntry entry) {
            entries.put(entry.key(), entry);
        }

        @Override
        public void onRemoved(String key, long version) {
            entries.remove(key);
            removed.put(key, version);
        }
    }

    @Test
    void whoWatchesEndsWithTheEntriesThereAre() throws Exception {
        startAll();
        write(member("a"), "w/1", "first");
        write(member("a"), "x/1", "elsewhere");
        Map<String, RegisterEntry> followed = new ConcurrentSkipListMap<>();
        Map<String, Long> removed = new ConcurrentSkipListMap<>();
        try (ControlPlane.Watch watch = member("c").watch("w/", new Follower(followed, removed))) {
            assertThat(watch).isNotNull();
            for (int i = 0; i < 60; i++) {
                write(member("b"), "w/" + i % 5, "value " + i);
            }
            RegisterEntry last = member("b").read("w/4");
            updated(member("b").compareAndSet("w/4", last == null ? 0 : last.version(), null, 0));
            List<RegisterEntry> expected = member("a").list("w/");
            assertThat(expected).hasSize(4);
            await(() -> List.copyOf(followed.values()).equals(expected));
            assertThat(removed).containsOnlyKeys("w/4");
        }
    }

    @Test
    void aWatchBeginsAnewWhereItsMemberHadToSkip() throws Exception {
        startAll();
        write(member("a"), "w/1", "first");
        String leader = leader();
        String behind = FOUNDERS.stream()
                .filter(name -> !name.equals(leader))
                .findFirst()
                .orElseThrow();
        Map<String, RegisterEntry> followed = new ConcurrentSkipListMap<>();
        try (ControlPlane.Watch watch = member(behind).watch("w/", new Follower(followed, new TreeMap<>()))) {
            assertThat(watch).isNotNull();
            await(() -> followed.size() == 1);
            network.cutOff(behind);
            for (int i = 0; i < 1200; i++) {
                updated(member(leader).compareAndSet("w/" + (i + 10), 0, bytes("while it was away"), 0));
            }
            network.heal();
            List<RegisterEntry> expected = member(leader).list("w/");
            await(() -> List.copyOf(followed.values()).equals(expected));
        }
    }

    @Test
    void aMemberComesAndAnotherGoes() throws Exception {
        startAll();
        for (int i = 0; i < 60; i++) {
            write(member("a"), "key", "value " + i);
        }
        ControlPlaneMember joining = start("d", true, 20_000);
        assertThat(member("b").addMember("d")).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(joining.read("key")).isNotNull();
        String leader = leader();
        assertThat(joining.removeMember(leader)).doesNotContain(leader).hasSize(3);
        member(leader).close();
        members.remove(leader);
        write(joining, "key", "after");
        assertThat(joining.status().members()).doesNotContain(leader).hasSize(3);
    }

    @Test
    void aSingleMemberServesAlone() throws Exception {
        ControlPlaneConfiguration configuration =
                ControlPlaneConfiguration.founder("test", "only", List.of("only"), directory.resolve("only"));
        try (ControlPlaneMember only = ControlPlaneMember.open(configuration, network.of("only"))) {
            write(only, "key", "value");
        }
        try (ControlPlaneMember only = ControlPlaneMember.open(configuration, network.of("only"))) {
            assertThat(only.read("key")).isNotNull();
            assertThatThrownBy(() -> only.removeMember("only")).hasMessageContaining("last member");
        }
    }

    @Test
    void refusesWhatTheRegisterDoesNotTake() throws Exception {
        ControlPlaneMember lonely = start("a", false, 300);
        assertThatThrownBy(() -> lonely.read("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lonely.compareAndSet("key", 0, new byte[2 << 20], 0))
                .hasMessageContaining("2097152 bytes");
        assertThatThrownBy(() -> lonely.beginSession("owner", Duration.ZERO)).hasMessageContaining("lease");
        assertThat(lonely.keepAlive(0)).isFalse();
    }

    @Test
    void closingAnswersWhoWaits() throws Exception {
        ControlPlaneMember lonely = start("a", false, 60_000);
        List<String> messages = java.util.Collections.synchronizedList(new ArrayList<>());
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                lonely.read("key");
            } catch (ControlPlaneUnavailableException e) {
                messages.add(e.getMessage());
            }
        });
        await(() -> waiter.getState() == Thread.State.TIMED_WAITING || waiter.getState() == Thread.State.WAITING);
        lonely.close();
        waiter.join();
        assertThat(messages).containsExactly("this member of the control plane was stopped");
    }
}
