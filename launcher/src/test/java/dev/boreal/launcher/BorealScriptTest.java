package dev.boreal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code ./boreal} on machines that have no JDK, an old one, or several: their PATH has next to nothing. */
class BorealScriptTest {
    private static final Path SCRIPT = Path.of("..", "boreal");
    private static final int USAGE = 2;

    @TempDir
    Path directory;

    private Path jdks;

    private record Answer(int exitCode, String output) {}

    @BeforeEach
    void makeDirectories() throws IOException {
        jdks = Files.createDirectory(directory.resolve("jdks"));
        Path path = Files.createDirectory(directory.resolve("path"));
        Files.copy(Path.of("/bin/cat"), path.resolve("cat"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void install(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(compiler, "#!/bin/sh\n");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private Answer run(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", SCRIPT.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", directory.resolve("path").toString());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("BOREAL_JDK_DIRECTORIES", jdks.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }

    @Test
    void saysHowToGetAJdkWhereThereIsNone() throws Exception {
        Answer answer = run(Map.of(), "start");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output())
                .startsWith("boreal: needs a JDK 25 or newer, and found none.")
                .contains("apt-get install openjdk-25-jdk-headless")
                .contains("brew install openjdk")
                .contains("BOREAL_JAVA_HOME")
                .doesNotContain("too old");
    }

    @Test
    void saysWhichJdksAreTooOld() throws Exception {
        install("seventeen", "17.0.9");
        install("eight", "1.8.0_392");
        Answer answer = run(Map.of("JAVA_HOME", jdks.resolve("seventeen").toString()), "start");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output())
                .contains("found none")
                .containsOnlyOnce("too old: JDK 17.0.9 in " + jdks.resolve("seventeen"))
                .containsOnlyOnce("too old: JDK 1.8.0_392 in " + jdks.resolve("eight"))
                .contains("apt-get install openjdk-25-jdk-headless");
    }

    @Test
    void takesTheFittingJdkAmongOthers() throws Exception {
        install("a17", "17.0.9");
        install("b25", "25.0.1");
        install("c8", "1.8.0_392");
        Answer answer = run(Map.of("JAVA_HOME", jdks.resolve("a17").toString()), "faults", "no such kind");
        assertThat(answer.exitCode()).isEqualTo(USAGE);
        assertThat(answer.output()).contains("Usage: ./boreal faults");
    }

    @Test
    void takesTheJdkThatIsNamedOrNone() throws Exception {
        install("a17", "17.0.9");
        install("b26", "26");
        String named = jdks.resolve("b26").toString();
        assertThat(run(Map.of("BOREAL_JAVA_HOME", named, "BOREAL_JDK_DIRECTORIES", ""), "faults", "no such kind")
                        .exitCode())
                .isEqualTo(USAGE);
        String old = jdks.resolve("a17").toString();
        Answer answer = run(Map.of("BOREAL_JAVA_HOME", old), "start");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output()).contains("BOREAL_JAVA_HOME names " + old).contains("too old: JDK 17.0.9 in " + old);
    }
}
