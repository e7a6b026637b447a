package dev.boreal.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 999, 1000, 1_000_000})
    void rowHasItsFourFieldsInAboutAHundredBytes(int id) {
        byte[] buffer = new byte[200];
        int end = CopyRows.append(buffer, 3, id);
        String[] fields = new String(buffer, 3, end - 3, StandardCharsets.US_ASCII).split("\t");
        assertThat(fields).hasSize(4);
        assertThat(fields[0]).isEqualTo(Integer.toString(id));
        assertThat(fields[1]).isEqualTo(Integer.toString(id % CopyRows.GROUPS));
        assertThat(fields[2]).isEqualTo(Long.toString(CopyRows.amount(id)));
        assertThat(fields[3]).hasSize(81).endsWith("\n");
    }
}
