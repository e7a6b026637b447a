package dev.boreal.launcher.wire;

import dev.boreal.clock.Chance;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a broken or malicious client might send, from one seed: a start, then messages of which most are wrong in one way
 * or another: bytes of the body replaced, lost or added, lengths that lie, parameters that are not what their types say,
 * text that is no UTF-8, messages at the wrong place, garbage in a COPY, an end in the middle of a message.
 */
final class DamagedConversation {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final String[] QUERIES = {
        "SELECT 1",
        "SELECT * FROM fuzz WHERE id < 5 ORDER BY id",
        "BEGIN; INSERT INTO fuzz (id, t) VALUES (900, 'x'); ROLLBACK",
        "BEGIN",
        "ROLLBACK",
        "COPY fuzz_copy FROM STDIN",
        "COPY fuzz_copy FROM STDIN (FORMAT csv, HEADER)",
        "COPY fuzz_copy FROM STDIN (FORMAT binary)",
        "COPY fuzz TO STDOUT",
        "COPY fuzz TO STDOUT (FORMAT binary)",
        "DECLARE c CURSOR FOR SELECT * FROM fuzz",
        "FETCH 3 FROM c",
        "PREPARE p AS SELECT $1::int; EXECUTE p(1)",
        "SET client_encoding = 'LATIN1'",
        "SHOW ALL",
        "SELECT 1/0",
        "",
        ";;"
    };
    /** Parameters of every type that a client may send in binary. */
    private static final String[] PREPARED = {
        "SELECT $1::int2, $2::int4, $3::int8, $4::oid",
        "SELECT $1::float4, $2::float8, $3::numeric, $4::bool",
        "SELECT $1::text, $2::varchar, $3::bpchar, $4::bytea",
        "SELECT $1::date, $2::time, $3::timestamp, $4::timestamptz",
        "SELECT $1::interval, $2::uuid, $3::json, $4::jsonb",
        "SELECT $1::int4[], $2::text[], $3::numeric[], $4::timestamptz[]",
        "SELECT $1::name, $2::regclass, $3::\"char\", $4::timetz",
        "INSERT INTO fuzz_copy VALUES ($1, $2, $3, $4)",
        "SELECT * FROM fuzz WHERE id = $1 AND t = $2 AND n > $3 AND at < $4",
        "SELECT id FROM fuzz WHERE id IN ($1, $2, $3) LIMIT $4"
    };

    private static final int[] EXTREMES = {0, 1, 3, 4, 5, 0x7FFF, 10_000, 0x3FFFFFFF, 0x7FFFFFFF, 0x80000000, -1, -2};
    private static final String TYPES = "QPBEDCHSXFdcfp";

    private final Chance chance;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int malformed;

    DamagedConversation(long seed) {
        chance = new Chance(seed);
        if (chance.oneIn(20)) {
            bytes.writeBytes(damaged(startup()));
            malformed++;
        } else {
            bytes.writeBytes(startup());
        }
        for (int left = chance.between(2, 14); left > 0; left--) {
            next();
        }
        if (chance.oneIn(6)) {
            cut();
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** How many of its messages are wrong by themselves. */
    int malformed() {
        return malformed;
    }

    private void next() {
        switch (chance.below(16)) {
            case 0 -> message('Q', text(QUERIES[chance.below(QUERIES.length)]));
            case 1 -> message('S', new byte[0]);
            case 2 -> wrong('Q', damaged(text(QUERIES[chance.below(QUERIES.length)])));
            case 3 -> copy();
            case 4 -> wrong(TYPES.charAt(chance.below(TYPES.length())), chance.bytes(chance.below(40)));
            case 5 -> wrongLength();
            case 6 -> {
                bytes.writeBytes(chance.bytes(chance.between(1, 30)));
                malformed++;
            }
            case 7 -> wrong('P', damaged(parse("", PREPARED[chance.below(PREPARED.length)])));
            case 8 -> wrong('B', chance.bytes(chance.below(60)));
            case 9 ->
                wrong('E', damaged(concatenated(text("no portal"), integer(EXTREMES[chance.below(EXTREMES.length)]))));
            case 10 -> wrong('D', damaged(concatenated(new byte[] {'S'}, text(""))));
            default -> prepared();
        }
        if (chance.oneIn(3)) {
            message('S', new byte[0]);
        }
    }

    /** A statement that is well-formed, with values that are not. */
    private void prepared() {
        message('P', parse("", PREPARED[chance.below(PREPARED.length)]));
        byte[] bind = bind();
        wrong('B', chance.oneIn(3) ? damaged(bind) : bind);
        message('D', concatenated(new byte[] {'P'}, text("")));
        message('E', concatenated(text(""), integer(chance.oneIn(4) ? chance.below(3) : 0)));
        message('S', new byte[0]);
    }

    private byte[] bind() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(""));
        body.writeBytes(text(""));
        switch (chance.below(4)) {
            case 0 -> body.writeBytes(new byte[] {0, 0});
            case 1 -> body.writeBytes(new byte[] {0, 1, 0, 1});
            case 2 -> body.writeBytes(new byte[] {0, 1, 0, (byte) chance.below(4)});
            default -> body.writeBytes(new byte[] {0, 4, 0, 1, 0, 0, 0, 1, 0, 0});
        }
        int count = chance.oneIn(10) ? chance.below(8) : 4;
        body.writeBytes(new byte[] {0, (byte) count});
        for (int i = 0; i < count; i++) {
            byte[] value = value();
            body.writeBytes(integer(value.length));
            body.writeBytes(value);
        }
        body.writeBytes(chance.oneIn(3) ? new byte[] {0, 1, 0, 1} : new byte[] {0, 0});
        return body.toByteArray();
    }

    private byte[] value() {
        return switch (chance.below(6)) {
            case 0 -> chance.bytes(chance.below(33));
            case 1 -> chance.bytes(1 << chance.below(5));
            case 2 -> Long.toString(chance.nextLong()).getBytes(StandardCharsets.US_ASCII);
            // An array of one dimension, or what looks like one.
            case 3 ->
                concatenated(
                        integer(chance.below(3)),
                        integer(0),
                        integer(25),
                        integer(chance.below(4)),
                        integer(1),
                        integer(2),
                        new byte[] {'a', 'b'});
            case 4 -> concatenated(integer(1 << chance.below(31)), chance.bytes(8));
            default -> "2024-02-30 25:61:00".getBytes(StandardCharsets.US_ASCII);
        };
    }

    private void copy() {
        message('Q', text(QUERIES[5 + chance.below(3)]));
        for (int left = chance.below(4); left > 0; left--) {
            switch (chance.below(5)) {
                case 0 -> message('d', "7\tx\t1.5\t2024-01-01\n".getBytes(StandardCharsets.US_ASCII));
                case 1 ->
                    wrong(
                            'd',
                            concatenated(
                                    "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1),
                                    integer(0),
                                    integer(0),
                                    chance.bytes(30)));
                case 2 -> wrong('d', "\"7\",x,\\\n\"\n\\N\t\\x\t\\.\n".getBytes(StandardCharsets.US_ASCII));
                case 3 -> wrong(TYPES.charAt(chance.below(TYPES.length())), chance.bytes(chance.below(9)));
                default -> wrong('d', chance.bytes(chance.below(80)));
            }
        }
        switch (chance.below(4)) {
            case 0 -> wrong('f', text("\u00e4 changed its mind"));
            case 1 -> message('S', new byte[0]);
            default -> message('c', new byte[0]);
        }
    }

    private void wrongLength() {
        byte[] body = text(QUERIES[chance.below(QUERIES.length)]);
        int length = chance.oneIn(2) ? EXTREMES[chance.below(EXTREMES.length)] : body.length + chance.between(-4, 12);
        bytes.write(TYPES.charAt(chance.below(TYPES.length())));
        bytes.writeBytes(integer(length));
        bytes.writeBytes(body);
        malformed++;
    }

    private void wrong(char type, byte[] body) {
        malformed++;
        message(type, body);
    }

    private void message(char type, byte[] body) {
        bytes.write(type);
        bytes.writeBytes(integer(body.length + 4));
        bytes.writeBytes(body);
    }

    private void cut() {
        byte[] whole = bytes.toByteArray();
        bytes.reset();
        bytes.write(whole, 0, whole.length - chance.below(Math.min(40, whole.length)));
        malformed++;
    }

    private static byte[] startup() {
        byte[] parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
        return concatenated(integer(parameters.length + 8), integer(PROTOCOL_3_0), parameters);
    }

    private static byte[] parse(String name, String sql) {
        return concatenated(text(name), text(sql), new byte[2]);
    }

    /** The body with a few of its bytes changed, and so perhaps shorter or longer; its header will still be right. */
    private byte[] damaged(byte[] original) {
        byte[] changed = original.clone();
        for (int times = chance.between(1, 3); times > 0 && changed.length > 0; times--) {
            int at = chance.below(changed.length);
            switch (chance.below(5)) {
                case 0 -> changed[at] = (byte) chance.nextLong();
                case 1 -> changed[at] = (byte) (0x80 | chance.below(128));
                case 2 -> changed[at] = 0;
                case 3 -> changed = java.util.Arrays.copyOf(changed, at);
                default -> changed = concatenated(changed, chance.bytes(chance.between(1, 6)));
            }
        }
        return changed;
    }

    private static byte[] text(String text) {
        return concatenated(text.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
