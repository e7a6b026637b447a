package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.scripted.FrontendScript;
import dev.boreal.pgwire.scripted.ScriptedService;
import dev.boreal.pgwire.scripted.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the conversations under {@code conversations}: {@code >} is what a client says, {@code <} what it must be
 * answered, a word in front tells clients apart, {@code #} is a remark. What a client says in a row goes in one piece,
 * and once more byte by byte.
 */
class GoldenConversationTest {

    @TestFactory
    Stream<DynamicTest> answersEachMessageInOrder() throws IOException, URISyntaxException {
        Path folder = Path.of(
                GoldenConversationTest.class.getResource("/conversations").toURI());
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .flatMap(file -> Stream.of(
                        DynamicTest.dynamicTest(file.getFileName() + " whole", () -> play(file, false)),
                        DynamicTest.dynamicTest(file.getFileName() + " byte by byte", () -> play(file, true))));
    }

    private static void play(Path file, boolean byteByByte) throws IOException {
        List<String> lines = Files.readAllLines(file);
        boolean scram = lines.getFirst().contains("scram");
        PgWireConfiguration configuration = PgWireConfiguration.loopback(0)
                .withAuthentication(scram ? AuthenticationMethod.SCRAM_SHA_256 : AuthenticationMethod.TRUST)
                .withLimits(lines.getFirst().contains("one session") ? 1 : 100, 100_000);
        Map<String, WireClient> clients = new HashMap<>();
        try (PgWireServer server = PgWireServer.start(configuration, new ScriptedService())) {
            ByteArrayOutputStream pending = new ByteArrayOutputStream();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                int mark = Math.max(line.indexOf("> "), line.indexOf("< "));
                if (line.isBlank() || line.startsWith("#") || mark < 0) {
                    continue;
                }
                String name = line.substring(0, mark);
                String words = line.substring(mark + 2);
                WireClient client = clients.computeIfAbsent(name, _ -> new WireClient(server.port()));
                if (line.charAt(mark) == '>') {
                    pending.writeBytes(FrontendScript.encode(words));
                    boolean more = i + 1 < lines.size() && lines.get(i + 1).startsWith(name + "> ");
                    if (!more) {
                        send(client, pending.toByteArray(), byteByByte);
                        pending.reset();
                    }
                } else {
                    String answer = words.startsWith("Encryption") ? client.readEncryptionAnswer() : client.read();
                    assertThat(answer).as(file.getFileName() + ":" + (i + 1)).isEqualTo(words);
                }
            }
        } finally {
            clients.values().forEach(WireClient::close);
        }
    }

    private static void send(WireClient client, byte[] bytes, boolean byteByByte) {
        if (!byteByByte) {
            client.send(bytes);
            return;
        }
        for (byte each : bytes) {
            client.send(new byte[] {each});
        }
    }
}
