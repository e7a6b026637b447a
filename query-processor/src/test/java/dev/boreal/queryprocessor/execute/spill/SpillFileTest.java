package dev.boreal.queryprocessor.execute.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpillFileTest {
    @TempDir
    Path directory = Path.of(".");

    @Test
    void readsBackRunsOfRecordsOfAnyLengthSideBySide() {
        Random random = new Random(1);
        List<List<byte[]>> runs = new ArrayList<>();
        List<SpillReader> readers = new ArrayList<>();
        try (SpillFile file = SpillFile.create(directory)) {
            for (int run = 0; run < 5; run++) {
                List<byte[]> records = new ArrayList<>();
                long start = file.position();
                for (int i = 0; i < 200 * run; i++) {
                    byte[] record = new byte[random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(100)];
                    random.nextBytes(record);
                    records.add(record);
                    file.write(record, record.length);
                }
                runs.add(records);
                readers.add(file.read(start, file.position()));
            }
            for (int i = 0; i < 800; i++) {
                for (int run = 0; run < 5; run++) {
                    SpillReader reader = readers.get(run);
                    if (i < runs.get(run).size()) {
                        assertThat(reader.next()).isTrue();
                        assertThat(Arrays.copyOf(reader.record(), reader.length()))
                                .isEqualTo(runs.get(run).get(i));
                    } else {
                        assertThat(reader.next()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void leavesNothingBehindWhenClosed() throws IOException {
        SpillFile file = SpillFile.create(directory);
        file.write(new byte[10], 10);
        file.close();

        assertThat(files()).isZero();
        assertThatThrownBy(() -> file.read(0, file.position())).hasMessageContaining("58030");
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void answersAFailingDiskWithAnError() {
        assertThatThrownBy(() -> SpillFile.create(directory.resolve("missing")))
                .hasMessageContaining("58030: could not create temporary file");
    }
}
