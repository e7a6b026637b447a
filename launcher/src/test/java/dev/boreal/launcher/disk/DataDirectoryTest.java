package dev.boreal.launcher.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void makesADirectoryAndKnowsItAgain() throws Exception {
        Path path = parent.resolve("a/b");
        DataDirectory.open(path, 0).close();
        assertThat(path.resolve("FORMAT")).hasContent("boreal-data 1");
        DataDirectory.open(path, 0).close();
    }

    @Test
    void leavesSomebodyElsesFilesAlone() throws Exception {
        Files.writeString(parent.resolve("thesis.txt"), "precious");
        assertThatThrownBy(() -> DataDirectory.open(parent, 0))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("not Boreal's");
        try (var files = Files.list(parent)) {
            assertThat(files).containsExactly(parent.resolve("thesis.txt"));
        }
    }

    @Test
    void refusesAnotherFormatByName() throws Exception {
        Files.writeString(parent.resolve("FORMAT"), "boreal-data 9\n");
        assertThatThrownBy(() -> DataDirectory.open(parent, 0))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("boreal-data 9")
                .hasMessageContaining("start the version that wrote it");
    }

    @Test
    void refusesASecondUserUntilTheFirstLetsGo() throws Exception {
        try (DataDirectory first = DataDirectory.open(parent, 0)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path(), 0))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectory.open(parent, 0).close();
    }

    @Test
    void refusesADiskWithoutRoom() {
        assertThatThrownBy(() -> DataDirectory.open(parent.resolve("data"), Long.MAX_VALUE))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("MiB free");
    }

    @Test
    void refusesAFileInPlaceOfTheDirectory() throws Exception {
        Path file = Files.writeString(parent.resolve("data"), "x");
        assertThatThrownBy(() -> DataDirectory.open(file, 0))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void takesNoStrangersProcessForTheServer() throws Exception {
        ControlFile control = new ControlFile(parent);
        assertThat(control.running()).isNull();
        Files.writeString(
                parent.resolve("boreal.control"),
                "pid=" + ProcessHandle.current().pid() + "\nstarted=12345\nport=5432\n");
        assertThat(control.running()).isNull();
        control.write("127.0.0.1", 5433);
        assertThat(control.running()).satisfies(running -> {
            assertThat(running.port()).isEqualTo(5433);
            assertThat(running.process()).isEqualTo(ProcessHandle.current());
        });
    }
}
