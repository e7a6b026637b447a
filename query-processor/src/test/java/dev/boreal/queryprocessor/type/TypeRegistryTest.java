package dev.boreal.queryprocessor.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TypeRegistryTest {
    @Test
    void describesEachTypeAsPgTypeDoes() {
        List<String> actual = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String[] row : AnswerTable.read("types.tsv")) {
            expected.add(String.join(" ", row));
            SqlType type = TypeRegistry.find(Integer.parseInt(row[0]));
            actual.add(
                    type == null
                            ? row[0] + " is missing"
                            : type.oid() + " " + type.name() + " " + type.length() + " " + type.category() + " "
                                    + (type.preferred() ? "t" : "f") + " " + type.arrayOid() + " "
                                    + type.formatName(-1));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void hasNoTypeThatPostgresLacks() {
        Set<Integer> known = new HashSet<>();
        for (String[] row : AnswerTable.read("types.tsv")) {
            known.add(Integer.valueOf(row[0]));
        }
        for (SqlType type : TypeRegistry.all()) {
            assertThat(known).as(type.name()).contains(type.oid());
        }
    }

    @Test
    void findsTypesByCatalogNameAndBySqlName() {
        assertThat(TypeRegistry.findByName("int4")).isSameAs(TypeRegistry.INT4);
        assertThat(TypeRegistry.findByName("integer")).isSameAs(TypeRegistry.INT4);
        assertThat(TypeRegistry.findByName("timestamp with time zone")).isSameAs(TypeRegistry.TIMESTAMPTZ);
        assertThat(TypeRegistry.findByName("_int4")).isSameAs(TypeRegistry.INT4_ARRAY);
        assertThat(TypeRegistry.findByName("integer[]")).isSameAs(TypeRegistry.INT4_ARRAY);
        assertThat(TypeRegistry.findByName("char")).isSameAs(TypeRegistry.CHAR);
        assertThat(TypeRegistry.findByName("character")).isSameAs(TypeRegistry.BPCHAR);
        assertThat(TypeRegistry.findByName("no_such_type")).isNull();
    }

    @Test
    void leadsFromElementToArrayAndBack() {
        for (SqlType type : TypeRegistry.all()) {
            SqlType array = TypeRegistry.findArrayOf(type);
            if (type.arrayOid() != 0) {
                assertThat(TypeRegistry.elementOf(Objects.requireNonNull(array)))
                        .isSameAs(type);
            }
        }
        assertThat(TypeRegistry.arrayOf(TypeRegistry.TEXT_ARRAY)).isSameAs(TypeRegistry.TEXT_ARRAY);
        assertThatThrownBy(() -> TypeRegistry.arrayOf(TypeRegistry.VOID))
                .isInstanceOf(SqlException.class)
                .hasMessage("42704: could not find array type for data type void");
    }

    @Test
    void encodesModifiersAsPostgres() {
        for (String[] row : AnswerTable.read("modifiers.tsv")) {
            SqlType type = Objects.requireNonNull(TypeRegistry.findByName(row[0]));
            List<Integer> arguments = AnswerTable.numbers(row[1]);
            if (row[2].equals("ok")) {
                int modifier = type.typeModifierOf(arguments);
                assertThat(modifier + " " + type.formatName(modifier)).isEqualTo(row[3] + " " + row[4]);
            } else {
                assertThatThrownBy(() -> type.typeModifierOf(arguments))
                        .isInstanceOf(SqlException.class)
                        .hasMessage(row[2] + ": " + row[3]);
            }
        }
    }
}
