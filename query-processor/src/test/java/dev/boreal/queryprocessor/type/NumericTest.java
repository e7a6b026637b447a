package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NumericTest {
    @Test
    void calculatesWithTheScalesOfPostgres() {
        List<String> differences = new ArrayList<>();
        List<String[]> cases = AnswerTable.read("arithmetic.tsv");
        for (String[] row : cases) {
            String actual = calculate(row[0], row[1], row[2]);
            if (!actual.equals(row[3])) {
                differences.add(row[0] + " " + row[1] + " " + row[2] + " = " + row[3] + ", not " + actual);
            }
        }
        assertThat(cases).hasSizeGreaterThan(4000);
        assertThat(differences).isEmpty();
    }

    private static String calculate(String left, String operator, String right) {
        Numeric a = Objects.requireNonNull(Numeric.parse(left));
        Numeric b = right.isEmpty() ? Numeric.ZERO : Objects.requireNonNull(Numeric.parse(right));
        try {
            return switch (operator) {
                case "+" -> a.add(b).toString();
                case "-" -> a.subtract(b).toString();
                case "*" -> a.multiply(b).toString();
                case "/" -> a.divide(b).toString();
                case "%" -> a.remainder(b).toString();
                case "div" -> a.divideTruncating(b).toString();
                case "round" -> a.round(Integer.parseInt(right)).toString();
                case "trunc" -> a.truncate(Integer.parseInt(right)).toString();
                case "floor" -> a.floor().toString();
                case "ceil" -> a.ceiling().toString();
                case "compare" -> Integer.toString(Integer.signum(a.compareTo(b)));
                case "float8" -> FloatText.format(a.doubleValue(), 1);
                default -> throw new IllegalArgumentException(operator);
            };
        } catch (SqlException e) {
            return e.error().sqlState();
        }
    }

    @Test
    void convertsFromFloatingPointAsPostgres() {
        for (String[] row : AnswerTable.read("floats.tsv")) {
            Numeric number = row[0].equals("float8")
                    ? Numeric.of(Double.longBitsToDouble(Long.parseUnsignedLong(row[1], 16)))
                    : Numeric.of(Float.intBitsToFloat(Integer.parseUnsignedInt(row[1], 16)));
            assertThat(number.toString()).as(row[2]).isEqualTo(row[3]);
        }
    }

    @Test
    void equalsByValueAndNotByScale() {
        Numeric one = Objects.requireNonNull(Numeric.parse("1.0"));
        Numeric other = Objects.requireNonNull(Numeric.parse("1.000"));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(Numeric.parse("nan")).isEqualTo(Numeric.NAN).isGreaterThan(Numeric.POSITIVE_INFINITY);
    }
}
