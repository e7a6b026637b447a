package dev.boreal.storage.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.storage.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingCopyTest {
    @TempDir
    private Path directory;

    private static void add(IncomingCopy copy, String name, String content) {
        RowBatch batch = new RowBatch();
        byte[] key = name.getBytes(US_ASCII);
        byte[] value = content.getBytes(US_ASCII);
        batch.add(key, 0, key.length, value, 0, value.length);
        copy.add(batch, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../CURRENT", "a/b", "..", ".", ".hidden", "FORMAT", "FORMAT.new", "a\u0000b", "a\\b"})
    void takesNoNameThatLeadsElsewhere(String name) throws IOException {
        try (IncomingCopy copy = new IncomingCopy(new StorePlace(directory.resolve("rows")))) {
            assertThatThrownBy(() -> add(copy, name, "x")).isInstanceOf(DiskFailure.class);
        }
        try (Stream<Path> found = Files.walk(directory)) {
            assertThat(found.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void putsPortionsTogetherAndIsNoStoreBeforeItIsComplete() throws IOException {
        StorePlace place = new StorePlace(directory.resolve("rows"));
        try (IncomingCopy copy = new IncomingCopy(place)) {
            add(copy, "000001.sst", "one ");
            add(copy, "000001.sst", "two");
            add(copy, "000002.sst", "");
            assertThatThrownBy(place::install).isInstanceOf(DiskFailure.class);
            assertThatThrownBy(copy::complete).isInstanceOf(DiskFailure.class);
            add(copy, "CURRENT", "MANIFEST-1");
            assertThatThrownBy(() -> add(copy, "000001.sst", "again")).isInstanceOf(DiskFailure.class);
            copy.complete();
        }
        place.install();
        assertThat(directory.resolve("rows/000001.sst")).hasContent("one two");
        assertThat(directory.resolve("rows/000002.sst")).isEmptyFile();
        assertThat(directory.resolve("rows.incoming")).doesNotExist();
    }
}
