package dev.boreal.controlplane.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegisterStateTest {
    private static final long CLIENT = 77;

    private RegisterState state = new RegisterState();
    private final List<RegisterChange> changes = new ArrayList<>();
    private long slot;
    private long sequence;

    private Result perform(Action action) {
        sequence++;
        apply(new Command(CLIENT, sequence, sequence - 1, action));
        Result result = state.result(CLIENT, sequence);
        assertThat(result).isNotNull();
        return result == null ? new Result.Done() : result;
    }

    private void apply(Command command) {
        slot++;
        state.apply(slot, new Decree.Command(command.encode()), changes::add);
    }

    private void begin(Ballot ballot) {
        slot++;
        state.apply(slot, new Decree.Beginning(ballot), changes::add);
    }

    private void expire(long session, Ballot era) {
        apply(new Command(Command.NO_CLIENT, 0, 0, new Action.ExpireSession(session, era)));
    }

    private UpdateOutcome set(String key, long expected, byte @Nullable [] value, long session) {
        Result result = perform(new Action.CompareAndSet(key, expected, value, session));
        return ((Result.Update) result).outcome();
    }

    private long session(String name) {
        return ((Result.SessionBegun) perform(new Action.BeginSession(name, 1000))).session();
    }

    @Test
    void theVersionIsTheNumberOfTheDecree() {
        slot = 41;
        assertThat(set("a", 0, new byte[] {1}, 0)).isEqualTo(new UpdateOutcome.Updated(42));
        assertThat(state.entry("a")).isEqualTo(new RegisterEntry("a", new byte[] {1}, 42, 0));
        assertThat(set("a", 42, new byte[] {2}, 0)).isEqualTo(new UpdateOutcome.Updated(43));
    }

    @Test
    void whoSawAnOlderVersionIsShownTheCurrentOne() {
        set("a", 0, new byte[] {1}, 0);
        RegisterEntry current = new RegisterEntry("a", new byte[] {1}, 1, 0);
        assertThat(set("a", 0, new byte[] {2}, 0)).isEqualTo(new UpdateOutcome.VersionMoved(current));
        assertThat(set("b", 1, new byte[] {2}, 0)).isEqualTo(new UpdateOutcome.VersionMoved(null));
        assertThat(state.entries("")).containsExactly(current);
    }

    @Test
    void removalGivesWayToANewEntryWithAHigherVersion() {
        set("a", 0, new byte[] {1}, 0);
        assertThat(set("a", 1, null, 0)).isEqualTo(new UpdateOutcome.Updated(2));
        assertThat(state.entry("a")).isNull();
        assertThat(set("a", 0, new byte[] {3}, 0)).isEqualTo(new UpdateOutcome.Updated(3));
        assertThat(changes)
                .containsExactly(
                        new RegisterChange.Changed(new RegisterEntry("a", new byte[] {1}, 1, 0)),
                        new RegisterChange.Removed("a", 2),
                        new RegisterChange.Changed(new RegisterEntry("a", new byte[] {3}, 3, 0)));
    }

    @Test
    void entriesVanishWithTheirSessionInTheOrderOfTheirKeys() {
        long session = session("owner");
        set("b", 0, new byte[] {1}, session);
        set("a", 0, new byte[] {1}, session);
        set("c", 0, new byte[] {1}, 0);
        changes.clear();
        perform(new Action.EndSession(session));
        assertThat(changes)
                .containsExactly(new RegisterChange.Removed("a", slot), new RegisterChange.Removed("b", slot));
        assertThat(state.entries("")).extracting(RegisterEntry::key).containsExactly("c");
        assertThat(set("d", 0, new byte[] {1}, session)).isEqualTo(new UpdateOutcome.SessionEnded(session));
    }

    @Test
    void anEntryThatWasBoundAnewStaysWhenItsFormerSessionEnds() {
        long first = session("first");
        long second = session("second");
        set("a", 0, new byte[] {1}, first);
        set("a", slot, new byte[] {2}, second);
        set("b", 0, new byte[] {1}, first);
        set("b", slot, new byte[] {2}, 0);
        perform(new Action.EndSession(first));
        assertThat(state.entries("")).extracting(RegisterEntry::key).containsExactly("a", "b");
    }

    @Test
    void onlyTheLeaderThatBeganLastEndsSessions() {
        Ballot old = new Ballot(3, "a");
        Ballot current = new Ballot(4, "b");
        begin(old);
        long session = session("owner");
        begin(current);
        expire(session, old);
        assertThat(state.session(session)).isNotNull();
        begin(old);
        expire(session, old);
        assertThat(state.session(session))
                .as("an old beginning that comes late changes nothing")
                .isNotNull();
        expire(session, current);
        assertThat(state.session(session)).isNull();
    }

    @Test
    void aCommandDecidedTwiceIsDoneOnce() {
        Command command = new Command(CLIENT, 5, 0, new Action.BeginSession("owner", 1000));
        apply(command);
        apply(command);
        assertThat(state.sessions()).hasSize(1);
        assertThat(state.result(CLIENT, 5)).isEqualTo(new Result.SessionBegun(1));
    }

    @Test
    void aCommandGivenUpByItsClientIsNotDoneAnyMore() {
        apply(new Command(CLIENT, 6, 5, new Action.BeginSession("later", 1000)));
        apply(new Command(CLIENT, 5, 0, new Action.BeginSession("given up", 1000)));
        assertThat(state.sessions()).extracting(Session::name).containsExactly("later");
    }

    @Test
    void theClientsHeardLongAgoAreForgotten() {
        for (long client = 1; client <= ClientMemory.MOST_CLIENTS + 1; client++) {
            apply(new Command(client, 1, 0, new Action.BeginSession("owner", 1000)));
        }
        assertThat(state.result(1, 1)).isNull();
        assertThat(state.result(2, 1)).isNotNull();
    }

    @Test
    void listsByPrefixInTheOrderOfKeys() {
        for (String key : List.of("members/b", "journals/j", "members/a", "memberz", "members")) {
            set(key, 0, new byte[] {1}, 0);
        }
        assertThat(state.entries("members/")).extracting(RegisterEntry::key).containsExactly("members/a", "members/b");
        assertThat(state.entries("")).hasSize(5);
        assertThat(state.entries("x")).isEmpty();
    }

    @Test
    void aStateEncodedAndDecodedGoesOnLikeTheOneItCameFrom() {
        Chance chance = new Chance(11);
        begin(new Ballot(2, "b"));
        for (int i = 0; i < 2000; i++) {
            if (chance.oneIn(50)) {
                RegisterState copy = RegisterState.decode(state.encode());
                assertThat(copy.encode()).isEqualTo(state.encode());
                state = copy;
            }
            randomAction(chance);
        }
        assertThat(state.sessions()).isNotEmpty();
        assertThat(state.encode()).isEqualTo(replayed(new Chance(11)));
    }

    private void randomAction(Chance chance) {
        String key = "k" + chance.below(20);
        RegisterEntry entry = state.entry(key);
        long expected = entry == null ? 0 : entry.version();
        long session = state.sessions().isEmpty() || chance.oneIn(2)
                ? 0
                : state.sessions().iterator().next().id();
        switch (chance.below(10)) {
            case 0 -> session("s" + slot);
            case 1 -> perform(new Action.EndSession(session));
            case 2 -> set(key, expected, null, 0);
            case 3 -> set(key, expected + 1, new byte[] {9}, 0);
            default -> set(key, expected, chance.bytes(chance.below(30)), session);
        }
    }

    private byte[] replayed(Chance chance) {
        RegisterStateTest other = new RegisterStateTest();
        other.begin(new Ballot(2, "b"));
        for (int i = 0; i < 2000; i++) {
            chance.oneIn(50);
            other.randomAction(chance);
        }
        return other.state.encode();
    }

    @Test
    void whatIsNoStateIsRefused() {
        set("a", 0, new byte[] {1}, session("owner"));
        byte[] encoded = state.encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> RegisterState.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        encoded[0] = 9;
        assertThatThrownBy(() -> RegisterState.decode(encoded)).hasMessageContaining("format 9");
    }
}
