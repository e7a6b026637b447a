package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.launcher.wire.WireClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's five minutes, taken from its text: the SQL, the JDBC program, and the conflict between two sessions. */
class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final String SECOND_SESSION = "session two";

    @TempDir
    Path directory;

    @Test
    void itsExamplesDoWhatItSays() throws Exception {
        String readme = Files.readString(README);
        try (TestServer server = new TestServer(directory);
                WireClient one = new WireClient(server.port(), "postgres", "postgres");
                WireClient two = new WireClient(server.port(), "postgres", "postgres")) {
            for (String line : block(readme, "sql").lines().toList()) {
                if (!line.startsWith("\\")) {
                    assertThat(one.simple(line).getFirst().sqlState()).as(line).isEmpty();
                }
            }
            assertThat(run(block(readme, "java"), server.port())).contains("owner 42 has 100.00");
            Answer conflict = conflict(readme, one, two);
            assertThat(conflict.sqlState()).isEqualTo("40001");
            assertThat(conflict.error.get('D')).contains("account").contains("committed at");
        }
    }

    /** Types what stands in the two columns, line by line; what session one hears last. */
    private static Answer conflict(String readme, WireClient one, WireClient two) throws Exception {
        List<String> lines = block(readme.substring(readme.indexOf("**A conflict.**")), "")
                .lines()
                .toList();
        int column = lines.getFirst().indexOf(SECOND_SESSION);
        List<Answer> heard = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String left = line.substring(0, Math.min(column, line.length())).strip();
            String right = line.length() > column ? line.substring(column).strip() : "";
            if (!left.isEmpty()) {
                heard.addAll(one.simple(left));
            }
            if (!right.isEmpty()) {
                assertThat(two.simple(right).getFirst().tag).isEqualTo("UPDATE 1");
            }
        }
        return heard.getLast();
    }

    private static String block(String text, String language) {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).as("a block of %s", language).isTrue();
        return block.group(1);
    }

    /** Compiles and runs the program; what it prints. */
    private String run(String program, int port) throws Exception {
        Path source = directory.resolve("Tour.java");
        Files.writeString(source, program.replace(":5432/", ":" + port + "/"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), source.toString());
        assertThat(compiled).isZero();
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Constructor<?> constructor = loader.loadClass("Tour").getDeclaredConstructor();
            constructor.setAccessible(true);
            Method main = constructor.getDeclaringClass().getDeclaredMethod("main");
            main.setAccessible(true);
            main.invoke(constructor.newInstance());
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
