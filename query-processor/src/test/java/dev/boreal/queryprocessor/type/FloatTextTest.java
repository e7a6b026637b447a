package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FloatTextTest {
    @Test
    void printsTheDigitsOfPostgres() {
        List<String> differences = new ArrayList<>();
        List<String[]> cases = AnswerTable.read("floats.tsv");
        for (String[] row : cases) {
            String actual = row[0].equals("float8")
                    ? FloatText.format(Double.longBitsToDouble(Long.parseUnsignedLong(row[1], 16)), 1)
                    : FloatText.format(Float.intBitsToFloat(Integer.parseUnsignedInt(row[1], 16)), 1);
            if (!actual.equals(row[2])) {
                differences.add(row[0] + " " + row[1] + ": " + row[2] + ", not " + actual);
            }
        }
        assertThat(cases).hasSizeGreaterThan(1000);
        assertThat(differences).isEmpty();
    }

    @Test
    void printsDigitsThatReadBack() {
        SplittableRandom chance = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(chance.nextLong());
            if (!Double.isNaN(value)) {
                assertThat(Double.parseDouble(FloatText.format(value, 1))).isEqualTo(value);
            }
            float single = Float.intBitsToFloat(chance.nextInt());
            if (!Float.isNaN(single)) {
                assertThat(Float.parseFloat(FloatText.format(single, 1))).isEqualTo(single);
            }
        }
    }
}
