package dev.boreal.queryprocessor.catalog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.ObjectNames.Kind;
import org.junit.jupiter.api.Test;

final class BuiltinNamesTest {
    private final BuiltinNames names = BuiltinNames.INSTANCE;

    @Test
    void namesAndOidsAreInverse() {
        assertThat(names.oidOf(Kind.TYPE, "pg_catalog.int4")).isEqualTo(23);
        assertThat(names.oidOf(Kind.TYPE, "character varying[]")).isEqualTo(1015);
        assertThat(names.nameOf(Kind.TYPE, 1184)).isEqualTo("timestamp with time zone");
        assertThat(names.oidOf(Kind.FUNCTION, "pg_catalog.array_in")).isEqualTo(750);
        assertThat(names.nameOf(Kind.FUNCTION, 750)).isEqualTo("array_in");
        assertThat(names.oidOf(Kind.FUNCTION_WITH_ARGUMENTS, "lower(text)")).isEqualTo(870);
        assertThat(names.nameOf(Kind.FUNCTION_WITH_ARGUMENTS, 870)).isEqualTo("lower(text)");
        assertThat(names.oidOf(Kind.COLLATION, "\"C\"")).isEqualTo(950);
        assertThat(names.nameOf(Kind.COLLATION, 100)).isEqualTo("\"default\"");
    }

    @Test
    void tellsMissingFromAmbiguousNames() {
        assertThatThrownBy(() -> names.oidOf(Kind.FUNCTION, "nope"))
                .isInstanceOf(SqlException.class)
                .hasMessage("42883: function \"nope\" does not exist");
        assertThatThrownBy(() -> names.oidOf(Kind.FUNCTION, "substring"))
                .hasMessage("42725: more than one function named \"substring\"");
        assertThatThrownBy(() -> names.oidOf(Kind.TYPE, "nope")).hasMessage("42704: type \"nope\" does not exist");
        assertThat(names.findOid(Kind.OPERATOR, "=")).isNull();
    }
}
