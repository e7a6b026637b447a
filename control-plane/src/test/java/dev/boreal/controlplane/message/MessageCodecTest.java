package dev.boreal.controlplane.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.controlplane.paxos.Ballot;
import dev.boreal.controlplane.paxos.Decree;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.SlotReport;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final Ballot LOW = new Ballot(3, "a");
    private static final Ballot HIGH = new Ballot(1L << 40, "zürich");

    static List<PaxosMessage> oneOfEachKind() {
        return List.of(
                new PaxosMessage.Canvass(LOW, 9),
                new PaxosMessage.CanvassAnswer(LOW, true, HIGH, 12),
                new PaxosMessage.Prepare(HIGH, 1),
                new PaxosMessage.Promise(
                        HIGH,
                        4,
                        List.of(
                                new SlotReport(5, LOW, new Decree.Command(new byte[] {1, 2, 3}), false),
                                new SlotReport(6, Ballot.NONE, new Decree.Filler(), true))),
                new PaxosMessage.Refuse(LOW, HIGH),
                new PaxosMessage.Accept(LOW, 7, new Decree.Beginning(LOW)),
                new PaxosMessage.Accepted(LOW, 7),
                new PaxosMessage.Commit(LOW, 7),
                new PaxosMessage.Heartbeat(LOW, 7, 99),
                new PaxosMessage.HeartbeatAnswer(LOW, 99),
                new PaxosMessage.CatchUp(8, true, 3, 4096),
                new PaxosMessage.Decrees(
                        8, List.of(new Decree.AddMember("d", 1), new Decree.RemoveMember("a", 77)), 20),
                new PaxosMessage.SnapshotPart(8, 10, 5, new byte[] {9, 8}),
                new PaxosMessage.Forward(new Decree.Command(new byte[0])),
                new PaxosMessage.Inquire(Long.MAX_VALUE, 17),
                new PaxosMessage.InquiryAnswer(Long.MAX_VALUE, 21));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void whatIsEncodedDecodesToTheSame(PaxosMessage message) {
        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void theExamplesAreOfEveryKind() {
        Set<Class<?>> kinds = new HashSet<>();
        oneOfEachKind().forEach(message -> kinds.add(message.getClass()));
        assertThat(kinds).containsExactlyInAnyOrder(PaxosMessage.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void whatIsCutShortIsRefused(PaxosMessage message) {
        byte[] frame = MessageCodec.encode(message);
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> MessageCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void foreignBytesAreRefusedOrAnotherMessage(PaxosMessage message) {
        Chance chance = new Chance(42);
        for (int i = 0; i < 500; i++) {
            byte[] frame = MessageCodec.encode(message);
            frame[chance.below(frame.length)] = (byte) chance.nextLong();
            try {
                assertThat(MessageCodec.decode(frame)).isInstanceOf(PaxosMessage.class);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("control plane");
            }
        }
    }
}
