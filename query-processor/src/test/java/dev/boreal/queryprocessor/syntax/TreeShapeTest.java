package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class TreeShapeTest {

    @Test
    void buildsTheTreesThatPostgresqlBuilds() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (GoldenStatements.Golden golden : GoldenStatements.all()) {
            String expected = golden.shape();
            if (expected != null) {
                compared++;
                String shape = StatementShape.of((PreparableStatement)
                                SqlParser.parse(golden.sql()).getFirst().statement())
                        .replace('\n', '⏎');
                String found = expected.startsWith("crc ") ? checksum(shape) : shape;
                if (!found.equals(expected)) {
                    differences.add(golden.sql() + "\n  expected " + expected + "\n  but was  " + shape);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(600);
    }

    /** Long shapes are kept as a checksum. */
    private static String checksum(String shape) {
        CRC32 crc = new CRC32();
        crc.update(shape.getBytes(StandardCharsets.UTF_8));
        return "crc " + Long.toHexString(crc.getValue());
    }
}
