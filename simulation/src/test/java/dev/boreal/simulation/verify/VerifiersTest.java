package dev.boreal.simulation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.simulation.workload.Attempt.Ending;
import dev.boreal.simulation.workload.BankTransfer;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.workload.OneRing;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerifiersTest {
    @Test
    void realTimeOrderWantsWhatWasAcknowledgedBeforeTheStart() {
        HandMade late = new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .commits(15)
                .transaction(21, 40)
                .read("x")
                .commits();
        HandMade atOnce = new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .commits(15)
                .transaction(19, 40)
                .read("x")
                .commits();

        assertThat(new RealTimeOrder().findViolation(late.history(), late.last()))
                .contains("not seen");
        assertThat(new RealTimeOrder().findViolation(atOnce.history(), atOnce.last()))
                .isNull();
    }

    @Test
    void realTimeOrderWantsSnapshotsAboveAcknowledgedCommits() {
        HandMade made = new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .commits(30)
                .transaction(21, 40)
                .read("y")
                .commits();

        assertThat(new RealTimeOrder().findViolation(made.history(), made.last()))
                .contains("a snapshot lies below");
    }

    @Test
    void durabilityWantsEveryAcknowledgedAppend() {
        HandMade lost =
                new HandMade().transaction(10, 20).read("x").append("x", 1).commits(15);
        HandMade unknown =
                new HandMade().transaction(10, 20).read("x").append("x", 1).ends(Ending.UNKNOWN, 0);

        assertThat(new Durability().findViolation(lost.history(), lost.last())).contains("lost");
        assertThat(new Durability().findViolation(unknown.history(), unknown.last()))
                .isNull();
        lost.endsWith("x", 1);
        assertThat(new Durability().findViolation(lost.history(), lost.last())).isNull();
    }

    @Test
    void laterSnapshotsSeeNoLess() {
        HandMade made = new HandMade()
                .transaction(10, 20)
                .read("x", 1, 2)
                .commits()
                .transaction(11, 20)
                .read("x", 1)
                .commits();

        assertThat(new RepeatableSnapshots().findViolation(made.history(), made.last()))
                .contains("saw less");
    }

    @Test
    void commitsLieAboveTheirSnapshots() {
        HandMade made =
                new HandMade().transaction(10, 20).read("x").append("x", 1).commits(10);

        assertThat(new CommitAfterSnapshot().findViolation(made.history(), made.last()))
                .isNotNull();
    }

    @Test
    void sumsAreConstant() {
        TreeMap<Item, Numbers> accounts = new TreeMap<>();
        accounts.put(new Item(0, BankTransfer.TABLE, 0), Numbers.of(130));
        accounts.put(new Item(0, BankTransfer.TABLE, 1), Numbers.of(70));
        assertThat(new ConstantSum().findViolation(new History(), accounts)).isNull();

        accounts.put(new Item(0, BankTransfer.TABLE, 1), Numbers.of(71));
        assertThat(new ConstantSum().findViolation(new History(), accounts)).contains("201");
    }

    @Test
    void ringsAreOneRing() {
        assertThat(new OneCycle().findViolation(new History(), ring(1, 2, 0))).isNull();
        assertThat(new OneCycle().findViolation(new History(), ring(1, 0, 2))).contains("not one ring");
        assertThat(new OneCycle().findViolation(new History(), ring(1, 2, 1))).contains("not one ring");
        assertThat(new OneCycle().findViolation(new History(), ring(1, 2, 5))).contains("nowhere");
    }

    private static SortedMap<Item, Numbers> ring(int... next) {
        TreeMap<Item, Numbers> ring = new TreeMap<>();
        for (int i = 0; i < next.length; i++) {
            ring.put(new Item(0, OneRing.TABLE, i), Numbers.of(next[i]));
        }
        return ring;
    }

    @Test
    void replicasAgree() {
        TreeMap<String, SortedMap<Item, Numbers>> replicas = new TreeMap<>();
        replicas.put("a", ring(1, 0));
        replicas.put("b", ring(1, 0));
        assertThat(new ReplicaConvergence().findViolation(replicas)).isNull();

        replicas.put("b", ring(0, 1));
        assertThat(new ReplicaConvergence().findViolation(replicas)).contains("c0 at a", "c0 at b");
    }

    @Test
    void watermarksHold() {
        WatermarkNeverRetracted watermarks = new WatermarkNeverRetracted();
        assertThat(watermarks.delivered("s", 5)).isNull();
        watermarks.published("s", 8);
        assertThat(watermarks.delivered("s", 5)).as("the same again").isNull();
        assertThat(watermarks.delivered("other", 7)).isNull();
        assertThat(watermarks.delivered("s", 9)).isNull();
        watermarks.published("s", 12);
        assertThat(watermarks.delivered("s", 12)).contains("after it had published");
    }

    @Test
    void entriesStayWhatTheyAre() {
        JournalAgreement agreement = new JournalAgreement();
        PositionedEntry first = new PositionedEntry(1, 1, new JournalEntry(5, new byte[] {1}));
        assertThat(agreement.delivered(0, first)).isNull();
        assertThat(agreement.delivered(0, first)).isNull();
        assertThat(agreement.delivered(0, new PositionedEntry(1, 1, new JournalEntry(5, new byte[] {2}))))
                .contains("and later");
        assertThat(agreement.delivered(0, new PositionedEntry(3, 1, new JournalEntry(7, new byte[] {1}))))
                .contains("never 2");
    }

    @Test
    void whatAWriterWasToldIsDurableStandsThere() {
        JournalAgreement agreement = new JournalAgreement();
        assertThat(agreement.acknowledged(0, 1, 5)).isNull();
        assertThat(agreement.acknowledged(0, 2, 6)).isNull();
        assertThat(agreement.delivered(0, new PositionedEntry(1, 1, new JournalEntry(5, new byte[] {1}))))
                .isNull();
        assertThat(agreement.findLost()).contains("acknowledged 6 at position 2");
        assertThat(agreement.delivered(0, new PositionedEntry(2, 1, new JournalEntry(7, new byte[] {1}))))
                .contains("acknowledged 6");
        assertThat(agreement.findLost()).isNull();
        assertThat(agreement.acknowledged(0, 1, 4)).contains("position 1");
    }

    @Test
    void watermarksHoldForWhatComesLateAndIsNew() {
        WatermarkNeverRetracted watermarks = new WatermarkNeverRetracted();
        assertThat(watermarks.delivered("s", 9)).isNull();
        watermarks.published("s", 9);
        assertThat(watermarks.delivered("s", 8)).contains("after it had published");
    }

    @Test
    void tenuresDoNotOverlap() {
        OneTenurePerTimestamp tenures = new OneTenurePerTimestamp();
        assertThat(tenures.begins(0, 1, "a", 100)).isNull();
        assertThat(tenures.lasts(0, 1, 200)).isNull();
        assertThat(tenures.issued(0, 1, 150)).isNull();
        assertThat(tenures.begins(0, 2, "b", 150)).as("it covers nothing yet").isNull();
        assertThat(tenures.begins(0, 3, "c", 200)).isNull();
        assertThat(tenures.lasts(0, 3, 300)).isNull();
        assertThat(tenures.lasts(0, 1, 201)).contains("overlap");
    }

    @Test
    void nobodyIssuesOutsideItsTenure() {
        OneTenurePerTimestamp tenures = new OneTenurePerTimestamp();
        assertThat(tenures.begins(0, 1, "a", 100)).isNull();
        assertThat(tenures.lasts(0, 1, 200)).isNull();
        assertThat(tenures.issued(0, 1, 100)).contains("outside");
        assertThat(tenures.issued(0, 1, 201)).contains("outside");
        assertThat(tenures.issued(0, 2, 150)).contains("outside");
    }
}
