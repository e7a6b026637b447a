package dev.boreal.pgwire.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.pgwire.message.MessageBody;
import dev.boreal.pgwire.message.TextCache;
import dev.boreal.pgwire.scripted.FrontendScript;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class StartupPacketTest {

    private static StartupPacket read(String line) {
        ByteBuf packet = Unpooled.wrappedBuffer(FrontendScript.encode(line));
        MessageBody body = new MessageBody(new TextCache());
        body.open(packet, Integer.BYTES, packet.readableBytes());
        return StartupPacket.read(body);
    }

    private static StartupPacket.SessionStart start(String line) {
        return (StartupPacket.SessionStart) read(line);
    }

    @Test
    void namesTheDatabaseAfterTheUserByDefault() {
        assertThat(start("Startup 3.0 user=alice").database()).isEqualTo("alice");
        assertThat(start("Startup 3.0 user=alice database=x").database()).isEqualTo("x");
    }

    @Test
    void readsParametersFromTheCommandLineAndLetsThePacketWin() {
        StartupPacket.SessionStart start = start(
                "Startup 3.0 user=a DateStyle=ISO" + " options=-c~a=1~--work-mem=4MB~-cb=x\\~y~-c~DateStyle=German");
        assertThat(start.parameters())
                .containsOnly(
                        java.util.Map.entry("a", "1"),
                        java.util.Map.entry("work_mem", "4MB"),
                        java.util.Map.entry("b", "x y"),
                        java.util.Map.entry("DateStyle", "ISO"));
    }

    @Test
    void negotiatesOnlyWhatDiffers() {
        assertThat(start("Startup 3.0 user=a").negotiation().needed()).isFalse();
        assertThat(start("Startup 3.2 user=a").negotiation().needed()).isFalse();
        assertThat(start("Startup 3.3 user=a").negotiation())
                .isEqualTo(new StartupPacket.Negotiation(3 << 16 | 2, java.util.List.of(), true));
        assertThat(start("Startup 3.0 user=a _pq_.new=1").negotiation())
                .isEqualTo(new StartupPacket.Negotiation(3 << 16, java.util.List.of("_pq_.new"), true));
    }

    @Test
    void readsKeysOfFourBytesAndMatchesNoSessionWithOthers() {
        assertThat(read("CancelRequest 3 77")).isEqualTo(new StartupPacket.CancelRequest(3, 77));
        assertThat(read("CancelRequest 3 77 78")).isEqualTo(new StartupPacket.CancelRequest(0, 0));
    }

    @Test
    void refusesReplication() {
        assertThatThrownBy(() -> read("Startup 3.0 user=a replication=true")).hasMessageStartingWith("0A000");
        assertThat(start("Startup 3.0 user=a replication=off").parameters()).isEmpty();
    }
}
