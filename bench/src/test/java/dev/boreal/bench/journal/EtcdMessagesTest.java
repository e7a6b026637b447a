package dev.boreal.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EtcdMessagesTest {
    @Test
    void writesAPutAsProtobuf() {
        assertThat(EtcdMessages.put(new byte[] {1, 2}, new byte[] {3})).containsExactly(0x0a, 2, 1, 2, 0x12, 1, 3);
    }

    @Test
    void knowsALeaderByItsOwnName() throws Exception {
        assertThat(EtcdMessages.leads(status(5, 5))).isTrue();
        assertThat(EtcdMessages.leads(status(5, 6))).isFalse();
        assertThat(EtcdMessages.leads(HexFormat.of().parseHex("0a021005"))).isFalse();
    }

    /** A header with the member's id in its second field, a version to skip, and the leader in the fourth field. */
    private static byte[] status(int member, int leader) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x0a, 4, 0x08, 9, 0x10, (byte) member});
        bytes.writeBytes(new byte[] {0x12, 1, '3'});
        bytes.writeBytes(new byte[] {0x20, (byte) leader});
        return bytes.toByteArray();
    }
}
