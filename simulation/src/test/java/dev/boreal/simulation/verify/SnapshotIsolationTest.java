package dev.boreal.simulation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.simulation.workload.Attempt.Ending;
import org.junit.jupiter.api.Test;

class SnapshotIsolationTest {
    private static void passes(HandMade made) {
        assertThat(new SnapshotIsolation().findViolation(made.history(), made.last()))
                .isNull();
    }

    private static void fails(HandMade made, String... parts) {
        assertThat(new SnapshotIsolation().findViolation(made.history(), made.last()))
                .contains(parts);
    }

    @Test
    void passesOneAfterTheOther() {
        passes(new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .commits(15)
                .transaction(30, 40)
                .read("x", 1)
                .append("x", 2)
                .commits(35)
                .transaction(50, 60)
                .read("x", 1, 2)
                .commits()
                .endsWith("x", 1, 2));
    }

    @Test
    void allowsWriteSkew() {
        passes(new HandMade()
                .transaction(10, 20)
                .read("x")
                .read("y")
                .append("x", 1)
                .commits(15)
                .transaction(10, 21)
                .read("x")
                .read("y")
                .append("y", 2)
                .commits(16)
                .endsWith("x", 1)
                .endsWith("y", 2));
    }

    @Test
    void takesAnUnknownTransactionThatWasSeenAsCommitted() {
        passes(new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .ends(Ending.UNKNOWN, 0)
                .transaction(30, 40)
                .read("x", 1)
                .commits());
        passes(new HandMade()
                .transaction(10, 20)
                .read("x")
                .append("x", 1)
                .ends(Ending.UNKNOWN, 0)
                .transaction(30, 40)
                .read("x")
                .commits());
    }

    @Test
    void findsAnAbortedRead() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .ends(Ending.ABORTED, 0)
                        .transaction(30, 40)
                        .read("x", 1)
                        .commits(),
                "G1a");
    }

    @Test
    void findsAnIntermediateRead() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1, 2)
                        .commits(15)
                        .transaction(30, 40)
                        .read("x", 1)
                        .commits()
                        .endsWith("x", 1, 2),
                "G1b");
    }

    @Test
    void findsAReadOfWhatNobodyWrote() {
        fails(new HandMade().transaction(30, 40).read("x", 7).commits(), "garbage read");
    }

    @Test
    void findsALostUpdate() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .commits(15)
                        .transaction(10, 21)
                        .read("x")
                        .append("x", 2)
                        .commits(16)
                        .endsWith("x", 2),
                "lost update",
                "T1 ",
                "T2 ");
    }

    @Test
    void findsReadersThatContradict() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .ends(Ending.UNKNOWN, 0)
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 9)
                        .commits(15)
                        .transaction(18, 21)
                        .read("x", 9)
                        .append("x", 2)
                        .commits(20)
                        .transaction(30, 40)
                        .read("x", 1)
                        .commits()
                        .endsWith("x", 9, 2),
                "incompatible order");
    }

    @Test
    void findsDirtyWritesInOppositeOrders() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .read("y", 2)
                        .append("y", 3)
                        .commits(15)
                        .transaction(10, 20)
                        .read("x", 1)
                        .append("x", 4)
                        .read("y")
                        .append("y", 2)
                        .commits(15)
                        .endsWith("x", 1, 4)
                        .endsWith("y", 2, 3),
                "G");
    }

    @Test
    void findsACircleOfInformation() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .read("y", 2)
                        .commits(15)
                        .transaction(10, 20)
                        .read("y")
                        .append("y", 2)
                        .read("x", 1)
                        .commits(16)
                        .endsWith("x", 1)
                        .endsWith("y", 2),
                "G1c",
                "T1 -wr-> T2",
                "T2 -wr-> T1");
    }

    @Test
    void findsAReadThatIsHalfOldAndHalfNew() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .read("y")
                        .append("y", 2)
                        .commits(15)
                        .transaction(12, 30)
                        .read("x", 1)
                        .read("y")
                        .commits()
                        .endsWith("x", 1)
                        .endsWith("y", 2),
                "G-single",
                "-rw->");
    }

    @Test
    void findsALongFork() {
        fails(
                new HandMade()
                        .transaction(10, 20)
                        .read("x")
                        .append("x", 1)
                        .commits(15)
                        .transaction(10, 20)
                        .read("y")
                        .append("y", 2)
                        .commits(16)
                        .transaction(12, 30)
                        .read("x", 1)
                        .read("y")
                        .commits()
                        .transaction(12, 30)
                        .read("x")
                        .read("y", 2)
                        .commits()
                        .endsWith("x", 1)
                        .endsWith("y", 2),
                "long fork");
    }
}
