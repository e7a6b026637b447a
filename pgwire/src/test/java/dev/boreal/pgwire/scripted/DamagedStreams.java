package dev.boreal.pgwire.scripted;

import dev.boreal.clock.Chance;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Conversations of which chance has replaced, inserted, lost, cut or exaggerated a few bytes. */
public final class DamagedStreams {
    private static final List<String> STARTUPS = List.of(
            "Startup 3.0 user=alice database=test options=-c~search_path=a",
            "Startup 3.2 user=alice _pq_.x=1",
            "SSLRequest",
            "GSSENCRequest",
            "CancelRequest 1 7001");
    private static final List<String> MESSAGES = List.of(
            "Query SELECT 1",
            "Query BEGIN; ROWS 3; COMMIT",
            "Query BLOCK ROWS 5; NOTICE hello",
            "Query COPYIN",
            "Query HALFROW",
            "Query FAIL",
            "Query COPYOUT 3",
            "Query ",
            "Parse - - ROWS 9",
            "Parse s1 25,23 ECHO $1",
            "Bind - - binary",
            "Bind p s1 text some-value NULL",
            "Describe S s1",
            "Describe P p",
            "Execute p 2",
            "Execute - 0",
            "Close S s1",
            "Close P p",
            "Sync",
            "Sync",
            "Flush",
            "CopyData a line\\n",
            "CopyDone",
            "CopyFail no",
            "FunctionCall",
            "Terminate");
    private static final int[] EXTREMES = {0, 1, 3, 4, 5, 0x7FFF, 10_000, 10_004, 0x7FFFFFFF, 0x80000000, -1};

    private DamagedStreams() {}

    /** What a client might send: to a server that asks for SCRAM, or else one that trusts. */
    public static byte[] next(Chance chance, boolean scram) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] startup = FrontendScript.encode(
                chance.oneIn(3) ? STARTUPS.get(chance.below(STARTUPS.size())) : STARTUPS.getFirst());
        bytes.writeBytes(chance.oneIn(3) ? damage(chance, startup) : startup);
        if (scram) {
            bytes.writeBytes(damage(chance, saslMessage("SCRAM-SHA-256\0\0\0\0\26n,,n=,r=abcdefghijklmnop")));
            bytes.writeBytes(damage(chance, saslMessage("c=biws,r=abcdefghijklmnopN,p=AAAA")));
            return bytes.toByteArray();
        }
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int count = chance.between(1, 12);
        for (int i = 0; i < count; i++) {
            messages.writeBytes(FrontendScript.encode(MESSAGES.get(chance.below(MESSAGES.size()))));
        }
        bytes.writeBytes(chance.oneIn(10) ? messages.toByteArray() : damage(chance, messages.toByteArray()));
        return bytes.toByteArray();
    }

    private static byte[] saslMessage(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(bytes.length + 5)
                .put((byte) 'p')
                .putInt(bytes.length + 4)
                .put(bytes)
                .array();
    }

    private static byte[] damage(Chance chance, byte[] original) {
        byte[] bytes = original;
        for (int times = chance.between(1, 4); times > 0 && bytes.length > 4; times--) {
            int at = chance.below(bytes.length);
            bytes = switch (chance.below(6)) {
                case 0 -> replaced(bytes, at, (byte) chance.nextLong());
                case 1 -> spliced(bytes, at, at, chance.bytes(chance.between(1, 8)));
                case 2 -> spliced(bytes, at, Math.min(bytes.length, at + chance.between(1, 8)), new byte[0]);
                case 3 -> spliced(bytes, at, bytes.length, new byte[0]);
                case 4 -> {
                    int from = Math.min(at, bytes.length - 4);
                    byte[] number = ByteBuffer.allocate(4)
                            .putInt(EXTREMES[chance.below(EXTREMES.length)])
                            .array();
                    yield spliced(bytes, from, from + 4, number);
                }
                default -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << chance.below(8)));
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] insertion) {
        return ByteBuffer.allocate(bytes.length - (to - from) + insertion.length)
                .put(bytes, 0, from)
                .put(insertion)
                .put(bytes, to, bytes.length - to)
                .array();
    }
}
