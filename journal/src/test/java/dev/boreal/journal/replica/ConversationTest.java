package dev.boreal.journal.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who says what, in order, as it stands in the files beside: a change of the protocol is a readable difference. */
class ConversationTest {
    private static final String[] ABC = {"a", "b", "c"};

    private static JournalPlan chain(long term, List<String> members, List<String> learners) {
        return new JournalPlan("j", ReplicationMode.CHAIN, term, members, learners, 2);
    }

    private static JournalPlan quorum() {
        return new JournalPlan("j", ReplicationMode.QUORUM, 1, List.of(ABC), List.of(), 2);
    }

    private static void requireAsWritten(String name, Conversation conversation) throws IOException {
        try (InputStream file = ConversationTest.class.getResourceAsStream("/conversations/" + name + ".txt")) {
            String written = file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(conversation.text()).isEqualTo(written);
        }
    }

    private static Conversation runningChain() {
        Conversation conversation = new Conversation(ABC);
        conversation.say("The plan is the chain a, b, c; x opens epoch 1.");
        conversation.plan(chain(1, List.of(ABC), List.of()), ABC);
        conversation.open("a", "x", 0);
        return conversation;
    }

    @Test
    void appendsAlongAChain() throws IOException {
        Conversation conversation = runningChain();
        conversation.say("Two entries wait at the head, with a heartbeat behind them.");
        conversation.append("a", 1);
        conversation.append("a", 1);
        conversation.heartbeat("a", 1);
        conversation.settle();
        requireAsWritten("chain-append", conversation);
    }

    @Test
    void tellsNewsAtOnceWhereSomebodyReads() throws IOException {
        Conversation conversation = runningChain();
        conversation.await("b");
        conversation.pass(100);
        conversation.say("The head knows of it after a pulse, and does not wait for the next records any more.");
        conversation.append("a", 1);
        conversation.settle();
        conversation.heartbeat("a", 1);
        conversation.settle();
        requireAsWritten("chain-news", conversation);
    }

    @Test
    void cutsADeadMemberOut() throws IOException {
        Conversation conversation = runningChain();
        conversation.crash("b");
        conversation.append("a", 1);
        conversation.settle();
        conversation.say("The next plan leaves b out.");
        conversation.plan(chain(2, List.of("a", "c"), List.of()), "a", "c");
        requireAsWritten("chain-member-cut-out", conversation);
    }

    @Test
    void takesBackWhatADeadHeadLeft() throws IOException {
        Conversation conversation = runningChain();
        conversation.say("The head takes an entry that reaches nobody, and is cut out.");
        conversation.cut("a", "b");
        conversation.append("a", 1);
        conversation.settle();
        conversation.plan(chain(2, List.of("b", "c"), List.of()), "b", "c");
        conversation.heal("a", "b");
        conversation.say("It comes back as a learner, and copies from the tail.");
        conversation.plan(chain(3, List.of("b", "c"), List.of("a")), ABC);
        requireAsWritten("chain-learner-joins", conversation);
    }

    @Test
    void completesAnAcceptedValue() throws IOException {
        Conversation conversation = new Conversation(ABC);
        conversation.say("A quorum of a, b, c; x opens epoch 1 at a.");
        conversation.plan(quorum(), ABC);
        conversation.open("a", "x", 0);
        conversation.say("An entry reaches the disk of b, not that of c, and a dies before it hears of it.");
        conversation.cut("a", "c");
        conversation.append("a", 1);
        conversation.deliverOnly();
        conversation.crash("a");
        conversation.settle();
        conversation.say("y opens epoch 2 at c, which has to fetch what b accepted.");
        conversation.open("c", "y", 1);
        requireAsWritten("quorum-ballot-completes-accepted", conversation);
    }

    @Test
    void relaysWhatCannotGoDirectly() throws IOException {
        Conversation conversation = new Conversation(ABC);
        conversation.say("A quorum of a, b, c; x opens epoch 1 at a. Then the link between a and b is cut.");
        conversation.plan(quorum(), ABC);
        conversation.open("a", "x", 0);
        conversation.cut("a", "b");
        conversation.pass(300);
        conversation.say("After a while of silence:");
        conversation.append("a", 1);
        conversation.settle();
        requireAsWritten("quorum-relay", conversation);
    }
}
