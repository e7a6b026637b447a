package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementNormalizerTest {
    private final StatementNormalizer normalizer = new StatementNormalizer();

    @Test
    void liftsValuesOfConditions() {
        NormalizedStatement statement = normalize("SELECT abalance FROM pgbench_accounts WHERE aid = 123;");
        assertThat(statement.text()).isEqualTo("SELECT abalance FROM pgbench_accounts WHERE aid = $1 --i");
        assertThat(statement.literalCount()).isEqualTo(1);
        assertThat(statement.literal(0)).isEqualTo("123");
        assertThat(statement.kind(0)).isEqualTo(NormalizedStatement.Kind.INTEGER);
        assertThat(statement.parameter(0)).isEqualTo(1);
        assertThat(statement.offset(0)).isEqualTo(50);
    }

    @Test
    void takesTheSignIntoTheNumber() {
        NormalizedStatement statement =
                normalize("UPDATE pgbench_accounts SET abalance = abalance + -1234 WHERE aid = - 5");
        assertThat(statement.text())
                .isEqualTo("UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2 --ii");
        assertThat(statement.literal(0)).isEqualTo("-1234");
        assertThat(statement.literal(1)).isEqualTo("-5");
    }

    @Test
    void liftsValuesOfInsertedRows() {
        assertThat(text("insert into t (a, b) values (1, 'x'), (-2, E'y\\n') returning 3"))
                .isEqualTo("insert into t (a, b) values ($1, $2), ($3, $4) returning 3 --isis");
    }

    @Test
    void tellsLiteralsOfDifferentTypesApart() {
        assertThat(text("select 1 from t where a = 1")).endsWith("$1 --i");
        assertThat(text("select 1 from t where a = 3000000000")).endsWith("$1 --b");
        assertThat(text("select 1 from t where a = 1.5")).endsWith("$1 --n");
        assertThat(text("select 1 from t where a = 99999999999999999999")).endsWith("$1 --n");
        assertThat(text("select 1 from t where a = '1'")).endsWith("$1 --s");
    }

    @Test
    void numbersParametersAfterTheStatementsOwn() {
        NormalizedStatement statement = normalize("select 1 from t where a = 5 and b = $2 and c = 'x'");
        assertThat(statement.text()).isEqualTo("select 1 from t where a = $3 and b = $2 and c = $4 --is");
        assertThat(statement.parameter(0)).isEqualTo(3);
    }

    @Test
    void isTheSameWithOtherBlanksAndComments() {
        assertThat(text("select a /* trace=1 */\n  from t -- x\n where b = 1"))
                .isEqualTo(text("select a from t where b = 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1, 'x', a + 2, f(3) from t",
                "select a is distinct from 5, 'x' from t",
                "select a from t where b = date '2020-01-01'",
                "select a from t where b > now() - interval '1 day'",
                "select a from t where b = 'x' || c",
                "select a from t where b like 'x%' and c ~ 'y' and d ilike 'z' escape '!'",
                "select a from t where f(1, 'x') > g(2)",
                "select a from t where b->>'k' is null and c[1] is null",
                "select a from t where b = any ('{1,2}') and c = any (array[1, 2])",
                "select a from t where b::numeric(10, 2) is null",
                "select a from t where b = -1::text",
                "select a from t group by 1, b + 2 having count(*) > 3 order by 1, a + 4",
                "select a from (values (1, 'x')) v",
                "select sum(a) over (order by b rows 1 preceding) from t",
                "select extract(year from a), substring(b from 1 for 2) from t",
                "select distinct on (a + 1) b from t order by a + 1, 2",
                "insert into t values (f(1), array[2], now() - interval '3 day')",
                "insert into t select 1, 'x' from s",
                "update t set a = f(1), b = array[2], c = d || 'x'",
                "select case a when 1 then 'x' else 'y' end from t",
                "select a from t fetch first 5 rows only",
                "select a from t tablesample system (10)"
            })
    void leavesWhatIsPartOfTheSyntaxOrTellsATypeOrName(String sql) {
        assertThat(text(sql)).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t as select 1 from s where a = 1",
                "select 1; select 2",
                "explain select 1 from t where a = 1",
                "select a into b from t where c = 1",
                "merge into t using s on true when matched then delete",
                "begin",
                "",
                "-- nothing",
                "select 'open from t",
                "select a from t where b = U&'x'",
                "with x as (select 1) merge into t using x on true when matched then delete"
            })
    void refusesWhatIsNotASingleSimpleStatement(String sql) {
        assertThat(normalizer.normalize(sql)).isNull();
    }

    @Test
    void meansWhatTheOriginalMeans() {
        int lifted = 0;
        for (GoldenStatements.Golden golden : GoldenStatements.all()) {
            NormalizedStatement normalized = golden.accepted() ? normalizer.normalize(golden.sql()) : null;
            if (normalized != null) {
                lifted += normalized.literalCount();
                assertThat(TreeText.of(parse(restored(normalized))))
                        .as(golden.sql())
                        .isEqualTo(TreeText.of(parse(golden.sql())));
                assertThat(parse(normalized.text())).hasSize(parse(golden.sql()).size());
            }
        }
        assertThat(lifted).isGreaterThan(200);
    }

    /** Puts the literals back where their parameters are. */
    private static String restored(NormalizedStatement statement) {
        String text = statement.text();
        for (int i = statement.literalCount() - 1; i >= 0; i--) {
            String literal = statement.kind(i) == NormalizedStatement.Kind.STRING
                    ? "E'" + statement.literal(i).replace("\\", "\\\\").replace("'", "''") + "'"
                    : statement.literal(i);
            text = text.replaceAll(
                    "\\$" + statement.parameter(i) + "(?![0-9])", java.util.regex.Matcher.quoteReplacement(literal));
        }
        return text;
    }

    private static List<?> parse(String sql) {
        try {
            return SqlParser.parse(sql).stream().map(ParsedStatement::statement).toList();
        } catch (SqlException unsupported) {
            return List.of();
        }
    }

    private String text(String sql) {
        return normalize(sql).text();
    }

    private NormalizedStatement normalize(String sql) {
        return Objects.requireNonNull(normalizer.normalize(sql));
    }
}
