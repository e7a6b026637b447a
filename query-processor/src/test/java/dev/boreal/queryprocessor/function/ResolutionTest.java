package dev.boreal.queryprocessor.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final SqlType UNKNOWN = TypeRegistry.UNKNOWN;
    private static final SqlType INT4 = TypeRegistry.INT4;
    private static final SqlType INT8 = TypeRegistry.INT8;
    private static final SqlType FLOAT8 = TypeRegistry.FLOAT8;
    private static final SqlType TEXT = TypeRegistry.TEXT;

    @Test
    void takesTheOperatorOfExactlyTheOperandsTypes() {
        ResolvedOperator operator = Resolution.operator("+", INT4, INT8);
        assertThat(operator.left()).isEqualTo(INT4);
        assertThat(operator.right()).isEqualTo(INT8);
        assertThat(operator.result()).isEqualTo(INT8);
    }

    @Test
    void assumesThatAnUnknownOperandIsOfTheOthersType() {
        ResolvedOperator operator = Resolution.operator("=", INT4, UNKNOWN);
        assertThat(operator.right()).isEqualTo(INT4);
        assertThat(operator.signature().isEquality()).isTrue();
    }

    @Test
    void widensToTheOneOperatorThatImplicitCastsReach() {
        assertThat(Resolution.operator("*", INT4, FLOAT8).left()).isEqualTo(FLOAT8);
        assertThat(Resolution.operator("=", TypeRegistry.VARCHAR, TypeRegistry.VARCHAR)
                        .left())
                .isEqualTo(TEXT);
    }

    @Test
    void saysThatAnOperatorDoesNotExist() {
        assertThatThrownBy(() -> Resolution.operator("+", INT4, TEXT))
                .isInstanceOf(SqlException.class)
                .hasMessage("42883: operator does not exist: integer + text");
    }

    @Test
    void saysThatAFunctionDoesNotExist() {
        assertThatThrownBy(() -> Resolution.function("f", List.of(INT4)))
                .hasMessage("42883: function f(integer) does not exist");
        assertThatThrownBy(() -> Resolution.function("abs", List.of(TEXT)))
                .hasMessage("42883: function abs(text) does not exist");
    }

    @Test
    void treatsACallOfATypesNameAsACast() {
        assertThat(Resolution.function("int4", List.of(UNKNOWN)).returnType()).isEqualTo(INT4);
    }

    @Test
    void refusesTypesThatDoNotGoTogether() {
        assertThat(Resolution.commonType(List.of(INT4, UNKNOWN, FLOAT8), "UNION"))
                .isEqualTo(FLOAT8);
        assertThat(Resolution.commonType(List.of(UNKNOWN, UNKNOWN), "CASE")).isEqualTo(TEXT);
        assertThatThrownBy(() -> Resolution.commonType(List.of(INT4, TEXT), "UNION"))
                .hasMessage("42804: UNION types integer and text cannot be matched");
    }
}
