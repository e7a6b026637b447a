package dev.boreal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/journal.md} shows is what stands in the sources, but for the white space. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "journal.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockOfJavaOccursInTheSources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(withoutSpace(Files.readString(file)));
            }
        }
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        int count = 0;
        while (blocks.find()) {
            count++;
            for (String part : blocks.group(1).split("\n\\s*// \\.\\.\\.\n")) {
                assertThat(sources)
                        .as("the block of docs/journal.md:%n%s", part)
                        .anyMatch(source -> source.contains(withoutSpace(part)));
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(3);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
