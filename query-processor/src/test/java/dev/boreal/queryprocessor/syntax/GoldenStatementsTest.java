package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoldenStatementsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"expressions", "queries", "modifications", "definitions", "utilities", "lexical", "psql", "jdbc"
            })
    void answersAsPostgresqlDoes(String name) {
        List<String> differences = new ArrayList<>();
        for (GoldenStatements.Golden golden : GoldenStatements.read(name)) {
            String outcome = outcome(golden.sql());
            if (!outcome.equals(golden.outcome())) {
                differences.add(golden.sql() + "\n  expected " + golden.outcome() + "\n  but was  " + outcome);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** What is PostgreSQL's but not Boreal's counts as accepted. */
    private static String outcome(String sql) {
        try {
            SqlParser.parse(sql);
            return "ok";
        } catch (SqlException refused) {
            boolean unsupported = refused.error().sqlState().equals(SqlState.FEATURE_NOT_SUPPORTED)
                    && refused.error().message().endsWith("is not supported");
            return unsupported
                    ? "ok"
                    : "@" + refused.error().position() + " "
                            + refused.error().message().replace('\n', '⏎');
        }
    }
}
