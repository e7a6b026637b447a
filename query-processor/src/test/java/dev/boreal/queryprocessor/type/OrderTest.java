package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Order and equality against PostgreSQL 15: each line of the file holds type, rank among the type's values, value. */
final class OrderTest {
    private static final FixedSettings SETTINGS = FixedSettings.defaults();

    @Test
    void comparesAsPostgres() {
        List<String[]> rows = AnswerTable.read("orders.tsv");
        for (String[] a : rows) {
            for (String[] b : rows) {
                if (a[0].equals(b[0])) {
                    SqlType type = Objects.requireNonNull(TypeRegistry.findByName(a[0]));
                    int actual = type.compare(type.parse(a[2], SETTINGS), type.parse(b[2], SETTINGS));
                    int expected = Integer.compare(Integer.parseInt(a[1]), Integer.parseInt(b[1]));
                    assertThat(Integer.signum(actual))
                            .as("%s: %s against %s", a[0], a[2], b[2])
                            .isEqualTo(expected);
                }
            }
        }
    }
}
