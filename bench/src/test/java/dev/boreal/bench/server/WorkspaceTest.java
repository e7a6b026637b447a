package dev.boreal.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path parent;

    @Test
    void closingLeavesNeitherProcessNorFile() throws IOException {
        Process process;
        try (Workspace workspace = Workspace.open(parent)) {
            Files.createDirectories(workspace.directory().resolve("a/b"));
            Files.writeString(workspace.directory().resolve("a/b/c"), "x");
            process = workspace.start(new ProcessBuilder("sleep", "600"), "TERM");
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void startsNothingOnceClosed() throws IOException {
        Workspace workspace = Workspace.open(parent);
        workspace.close();
        assertThatThrownBy(() -> workspace.start(new ProcessBuilder("sleep", "600"), "TERM"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void saysHowToGetPostgresWhereItIsNot() {
        assertThatThrownBy(() -> PostgresInstallation.find(parent))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("no PostgreSQL in");
    }
}
