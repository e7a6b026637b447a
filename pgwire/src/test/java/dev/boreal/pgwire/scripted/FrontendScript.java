package dev.boreal.pgwire.scripted;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Turns a readable line into the bytes of a client's message. Names are {@code -} when empty. */
public final class FrontendScript {
    private FrontendScript() {}

    public static byte[] encode(String line) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        return switch (word) {
            case "SSLRequest" -> packet(body -> body.writeInt(80877103));
            case "GSSENCRequest" -> packet(body -> body.writeInt(80877104));
            case "CancelRequest" ->
                packet(body -> {
                    body.writeInt(80877102);
                    for (String number : rest.split(" ")) {
                        body.writeInt(Integer.parseInt(number));
                    }
                });
            case "Startup" -> packet(body -> startup(body, rest));
            case "Query" -> message('Q', body -> text(body, rest));
            case "Parse" -> message('P', body -> parse(body, rest));
            case "Bind" -> message('B', body -> bind(body, rest));
            case "Describe" -> message('D', body -> target(body, rest));
            case "Close" -> message('C', body -> target(body, rest));
            case "Execute" ->
                message('E', body -> {
                    String[] words = rest.split(" ");
                    text(body, name(words[0]));
                    body.writeInt(Integer.parseInt(words[1]));
                });
            case "Sync" -> message('S', body -> {});
            case "Flush" -> message('H', body -> {});
            case "Terminate" -> message('X', body -> {});
            case "CopyData" -> message('d', body -> body.write(WireClient.utf8(rest.replace("\\n", "\n"))));
            case "CopyDone" -> message('c', body -> {});
            case "CopyFail" -> message('f', body -> text(body, rest));
            case "FunctionCall" -> message('F', body -> body.writeInt(1));
            case "Raw" -> HexFormat.of().parseHex(rest.replace(" ", ""));
            default -> throw new IllegalArgumentException(line);
        };
    }

    private interface Body {
        void write(DataOutputStream body) throws IOException;
    }

    private static byte[] packet(Body content) {
        byte[] body = bytes(content);
        return bytes(out -> {
            out.writeInt(body.length + 4);
            out.write(body);
        });
    }

    private static byte[] message(char type, Body content) {
        byte[] body = bytes(content);
        return bytes(out -> {
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
        });
    }

    private static byte[] bytes(Body content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream body, String text) throws IOException {
        body.write(WireClient.utf8(text));
        body.writeByte(0);
    }

    private static String name(String word) {
        return word.equals("-") ? "" : word;
    }

    /** {@code 3.2 user=alice database=test}; an underscore in a value stands for a space. */
    private static void startup(DataOutputStream body, String rest) throws IOException {
        String[] words = rest.split(" ");
        String[] version = words[0].split("\\.");
        body.writeShort(Integer.parseInt(version[0]));
        body.writeShort(Integer.parseInt(version[1]));
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            text(body, words[i].substring(0, equals));
            text(body, words[i].substring(equals + 1).replace('~', ' '));
        }
        body.writeByte(0);
    }

    /** {@code name 23,25 text}, types {@code -} for none. */
    private static void parse(DataOutputStream body, String rest) throws IOException {
        String[] words = rest.split(" ", 3);
        text(body, name(words[0]));
        text(body, words.length < 3 ? "" : words[2]);
        String[] types = words[1].equals("-") ? new String[0] : words[1].split(",");
        body.writeShort(types.length);
        for (String type : types) {
            body.writeInt(Integer.parseInt(type));
        }
    }

    /** {@code portal statement text|binary value...}, with the format of the results. */
    private static void bind(DataOutputStream body, String rest) throws IOException {
        String[] words = rest.split(" ");
        text(body, name(words[0]));
        text(body, name(words[1]));
        body.writeShort(0);
        body.writeShort(words.length - 3);
        for (int i = 3; i < words.length; i++) {
            if (words[i].equals("NULL")) {
                body.writeInt(-1);
            } else {
                byte[] value = WireClient.utf8(words[i]);
                body.writeInt(value.length);
                body.write(value);
            }
        }
        body.writeShort(1);
        body.writeShort(words[2].equals("binary") ? 1 : 0);
    }

    private static void target(DataOutputStream body, String rest) throws IOException {
        String[] words = rest.split(" ");
        body.writeByte(words[0].charAt(0));
        text(body, name(words[1]));
    }
}
