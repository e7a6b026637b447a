package dev.boreal.contracts.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.feed.FeedStart;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterValuesTest {
    private static final JournalPlan PLAN =
            new JournalPlan("main", ReplicationMode.CHAIN, 7, List.of("a", "b"), List.of("c"), 2);
    private static final Member MEMBER =
            new Member("journal-a", Role.JOURNAL, "a", "127.0.0.1", 7001, 0, 1_763_000_000_000L);

    @Test
    void decodesWhatItEncoded() {
        assertThat(JournalPlan.decode(PLAN.encode())).isEqualTo(PLAN);
        assertThat(Member.decode(MEMBER.encode())).isEqualTo(MEMBER);
        ReplicaPositions positions = new ReplicaPositions(new FeedStart(new long[] {7, 0, 1L << 40}));
        assertThat(ReplicaPositions.decode(positions.encode())).isEqualTo(positions);
        assertThat(ReplicaPositions.replica(ReplicaPositions.key("storage-b"))).isEqualTo("storage-b");
        byte[] cut = Arrays.copyOf(positions.encode(), 12);
        assertThatThrownBy(() -> ReplicaPositions.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] plan = PLAN.encode();
        byte[] member = MEMBER.encode();
        for (int length = 0; length < plan.length; length++) {
            byte[] part = Arrays.copyOf(plan, length);
            assertThatThrownBy(() -> JournalPlan.decode(part)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int length = 0; length < member.length; length++) {
            byte[] part = Arrays.copyOf(member, length);
            assertThatThrownBy(() -> Member.decode(part)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesForeignFormat() {
        byte[] plan = PLAN.encode();
        plan[0] = 99;
        assertThatThrownBy(() -> JournalPlan.decode(plan)).hasMessageContaining("format 99");
    }

    @Test
    void namesTheRolesThereAre() {
        assertThat(Role.of("query-processor")).isEqualTo(Role.QUERY_PROCESSOR);
        assertThatThrownBy(() -> Role.of("judge")).hasMessageContaining("adjudicator");
    }
}
