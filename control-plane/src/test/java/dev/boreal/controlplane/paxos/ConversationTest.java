package dev.boreal.controlplane.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Who says what, in which order: one file per conversation under {@code src/test/resources/conversations}. A change of the protocol is a
 * readable difference there; what a failing test prints is the new text.
 */
class ConversationTest {

    private static void assertGoesLike(String name, Conversation conversation) throws IOException {
        try (InputStream in = ConversationTest.class.getResourceAsStream("/conversations/" + name + ".txt")) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(conversation.transcript()).isEqualTo(expected);
        }
    }

    private static Conversation ledByA() {
        return new Conversation("a", "b", "c").ticks("a", 700).talk().begins();
    }

    @Test
    void theFirstElection() throws IOException {
        Conversation conversation = new Conversation("a", "b", "c")
                .says("Nobody was heard for longer than the election time-out. a asks first, then prepares.")
                .ticks("a", 700)
                .talk();
        assertGoesLike("first-election", conversation);
    }

    @Test
    void aRequestAtAFollowerAndARead() throws IOException {
        Conversation conversation = ledByA().says("A request at a member that does not lead.")
                .proposes("b", "x = 1")
                .talk()
                .says("A read at another one: the leader asks whether it still leads, then says how far to be.")
                .asks("c", 1)
                .talk();
        assertGoesLike("request-and-read", conversation);
    }

    @Test
    void whatWasAcceptedBeforeTheLeaderDiedIsDecided() throws IOException {
        Conversation conversation = ledByA().says(
                        "a proposes; c alone does not hear of it, and a dies before it hears the votes.")
                .unheard("a", "c")
                .proposes("a", "x = 1")
                .talk()
                .crashes("a")
                .unheard()
                .says("c did not accept anything. It leads, and must propose what b reports.")
                .ticks("c", 700)
                .talk()
                .says("a comes back and learns what became of it.")
                .restarts("a")
                .ticks("c", 50)
                .talk();
        assertGoesLike("leader-dies", conversation);
    }

    @Test
    void anOldLeaderThatWasCutOffDecidesNothing() throws IOException {
        Conversation conversation = ledByA().says("a is not heard any more, and c leads.")
                .unheard("a")
                .ticks("c", 700)
                .talk()
                .unheard()
                .says("a still takes itself for the leader, proposes, and takes in a read. Neither is answered.")
                .proposes("a", "x = 1")
                .asks("a", 1)
                .talk();
        assertGoesLike("old-leader", conversation);
    }

    @Test
    void aMemberComesIn() throws IOException {
        Conversation conversation = new Conversation("a")
                .ticks("a", 700)
                .proposes("a", "x = 1")
                .joins("b")
                .begins()
                .says("b knows nothing, asks whom it was told, and needs a snapshot.")
                .ticks("b", 700)
                .talk()
                .ticks("b", 700)
                .talk()
                .says("b is added: that governs " + Memberships.DELAY + " decrees later, and the leader fills the gap.")
                .adds("a", "b")
                .talk();
        assertGoesLike("member-comes", conversation);
    }
}
