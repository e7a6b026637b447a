package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement.Update;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateIndex;
import dev.boreal.queryprocessor.syntax.tree.Unsupported;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlParserTest {

    @Test
    void givesEveryStatementItsOwnTextAndParameters() {
        List<ParsedStatement> statements = SqlParser.parse(" ;; select $3 -- x\n ;\n update t set a = $1 ; ");
        assertThat(statements).extracting(ParsedStatement::text).containsExactly("select $3", "update t set a = $1");
        assertThat(statements).extracting(ParsedStatement::parameterCount).containsExactly(3, 1);
        assertThat(statements.get(1).statement())
                .isInstanceOfSatisfying(
                        Update.class,
                        update -> assertThat(update.target().position()).isEqualTo(31));
    }

    @Test
    void countsPositionsInCharactersNotInCodeUnits() {
        SqlException refused =
                catchThrowableOfType(SqlException.class, () -> SqlParser.parse("select '😀😀', é frm t x y"));
        assertThat(refused.error().message()).isEqualTo("syntax error at or near \"t\"");
        assertThat(refused.error().position()).isEqualTo(20);
        assertThat(refused.error().sqlState()).isEqualTo(SqlState.SYNTAX_ERROR);
    }

    @Test
    void foldsAndTruncatesNames() {
        String longName = "é".repeat(40);
        assertThat(column("AbÇ")).isEqualTo("abÇ");
        assertThat(column("\"AbC\"")).isEqualTo("AbC");
        assertThat(column(longName)).isEqualTo("é".repeat(31));
        assertThat(column("U&\"d\\0061t\\+000061\"")).isEqualTo("data");
    }

    private static String column(String sql) {
        return ((Expression.ColumnReference) SqlParser.parseExpression(sql)).name();
    }

    @Test
    void readsAllFormsOfNumbers() {
        assertThat(SqlParser.parseExpression("1_000")).isEqualTo(new Literal.IntegerLiteral(1000, 1));
        assertThat(SqlParser.parseExpression("0x1F")).isEqualTo(new Literal.IntegerLiteral(31, 1));
        assertThat(SqlParser.parseExpression("0b1_01")).isEqualTo(new Literal.IntegerLiteral(5, 1));
        assertThat(SqlParser.parseExpression("0o17")).isEqualTo(new Literal.IntegerLiteral(15, 1));
        assertThat(SqlParser.parseExpression("0xFFFFFFFFFF")).isEqualTo(new Literal.NumericLiteral("1099511627775", 1));
        assertThat(SqlParser.parseExpression("-2147483648")).isEqualTo(new Literal.IntegerLiteral(-2147483648, 1));
        assertThat(SqlParser.parseExpression("1_0.5_0e1_0")).isEqualTo(new Literal.NumericLiteral("10.50e10", 1));
        assertThat(SqlParser.parseExpression("-5")).isEqualTo(new Literal.IntegerLiteral(-5, 1));
    }

    @Test
    void refusesNestingThatAStackWouldNotHold() {
        assertTooDeep("select " + "(".repeat(100_000) + "1" + ")".repeat(100_000));
        assertTooDeep("select " + "- ".repeat(100_000) + "a");
        assertTooDeep("select " + "not ".repeat(100_000) + "a");
        assertTooDeep("select 1" + " + 1".repeat(100_000));
        assertTooDeep("select a" + "[1].b".repeat(100_000));
        assertTooDeep("select " + "case when a then ".repeat(100_000));
        assertTooDeep("select " + "array[".repeat(100_000));
        assertTooDeep("select array" + "[".repeat(100_000));
        assertTooDeep("select * from " + "(".repeat(100_000) + "select 1");
        assertTooDeep("select 1" + " union select 1".repeat(100_000));
        assertTooDeep("select * from a" + " join b on c".repeat(100_000));
        assertTooDeep("select * from a" + " join b".repeat(100_000));
        assertTooDeep("select " + "f(".repeat(100_000));
        assertTooDeep("select a group by " + "grouping sets (".repeat(100_000));
        assertTooDeep("with a as (".repeat(100_000));
    }

    private static void assertTooDeep(String sql) {
        SqlException refused = catchThrowableOfType(SqlException.class, () -> SqlParser.parse(sql));
        assertThat(refused.error().sqlState()).as(sql.substring(0, 30)).isEqualTo(SqlState.STATEMENT_TOO_COMPLEX);
        assertThat(refused.error().message()).isEqualTo("stack depth limit exceeded");
    }

    @Test
    void acceptsLongListsAndChainsOfConditions() {
        assertThat(SqlParser.parse("select 1 where a = 1" + " or a = 1".repeat(50_000)))
                .hasSize(1);
        assertThat(SqlParser.parse("select a in (1" + ", 1".repeat(50_000) + ")"))
                .hasSize(1);
        assertThat(SqlParser.parse(
                        "insert into t values (1, 'x', $$y$$, E'z')" + ", (1, 'x', $$y$$, E'z')".repeat(50_000)))
                .hasSize(1);
        assertThat(SqlParser.parse("select 1;".repeat(10_000))).hasSize(10_000);
        assertThat(SqlParser.parse("select 1" + " + 1".repeat(1_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION",
                "CREATE TRIGGER",
                "CREATE POLICY",
                "CREATE PUBLICATION",
                "CREATE STATISTICS",
                "CREATE OPERATOR CLASS",
                "CREATE FOREIGN TABLE",
                "CREATE EVENT TRIGGER",
                "ALTER DEFAULT PRIVILEGES",
                "REASSIGN OWNED",
                "SECURITY LABEL",
                "DROP OWNED"
            })
    void namesWhatItRecognisesButDoesNotHave(String feature) {
        Statement statement = GoldenStatements.read("definitions").stream()
                .filter(golden -> golden.accepted() && golden.sql().startsWith(feature))
                .map(golden -> SqlParser.parse(golden.sql()).getFirst().statement())
                .findFirst()
                .orElseThrow();
        assertThat(statement).isInstanceOfSatisfying(Unsupported.class, unsupported -> {
            assertThat(unsupported.feature()).isEqualTo(feature);
            assertThat(unsupported.position()).isEqualTo(1);
        });
    }

    @Test
    void readsAnAsynchronousIndexAndAnIndexCalledAsync() {
        CreateIndex asynchronous = (CreateIndex)
                SqlParser.parse("create index async i on t (a)").getFirst().statement();
        assertThat(asynchronous.concurrently()).isTrue();
        assertThat(asynchronous.name()).isEqualTo("i");
        CreateIndex named = (CreateIndex)
                SqlParser.parse("create index async on t (a)").getFirst().statement();
        assertThat(named.concurrently()).isFalse();
        assertThat(named.name()).isEqualTo("async");
    }

    @Test
    void mergesClausesBehindAParenthesizedQueryIntoIt() {
        Query query = (Query) SqlParser.parse("(select a from t limit 1) order by a")
                .getFirst()
                .statement();
        assertThat(query.orderBy()).hasSize(1);
        assertThat(query.limit()).isNotNull();
        assertThat(query.body()).isInstanceOf(SelectBody.Select.class);
    }

    @Test
    void parsesStoredExpressionsAndTypesAlone() {
        assertThat(SqlPrinter.PRETTY.print(SqlParser.parseType("numeric(10, 2)[]")))
                .isEqualTo("numeric(10,2)[]");
        assertThatThrownBy(() -> SqlParser.parseExpression("a b")).hasMessageContaining("at or near \"b\"");
        assertThatThrownBy(() -> SqlParser.parseExpression("")).hasMessageContaining("at end of input");
        assertThatThrownBy(() -> SqlParser.parseType("int int")).hasMessageContaining("at or near \"int\"");
    }

    @Test
    void refusesTheNulCharacter() {
        SqlException refused = catchThrowableOfType(SqlException.class, () -> SqlParser.parse("select 'a\0b'"));
        assertThat(refused.error().sqlState()).isEqualTo(SqlState.CHARACTER_NOT_IN_REPERTOIRE);
    }

    @Test
    void namesTheBytesOfAnEscapeThatMakeNoCharacter() {
        assertThatThrownBy(() -> SqlParser.parse("select E'ab\\xff\\xfe'"))
                .hasMessage("22021: invalid byte sequence for encoding \"UTF8\": 0xff");
        assertThatThrownBy(() -> SqlParser.parse("select E'\\xe2\\x82'"))
                .hasMessage("22021: invalid byte sequence for encoding \"UTF8\": 0xe2 0x82");
        assertThatThrownBy(() -> SqlParser.parse("select E'\\000'"))
                .hasMessage("22021: invalid byte sequence for encoding \"UTF8\": 0x00");
        assertThat(SqlParser.parseExpression("E'\\xe2\\x82\\xac\\303\\251'"))
                .isEqualTo(new Literal.StringLiteral("€é", 1));
    }

    @Test
    void knowsCommandTags() {
        assertThat(tag("select 1")).isEqualTo("SELECT");
        assertThat(tag("create materialized view v as select 1")).isEqualTo("SELECT");
        assertThat(tag("drop materialized view v")).isEqualTo("DROP MATERIALIZED VIEW");
        assertThat(tag("alter table t rename a to b")).isEqualTo("ALTER TABLE");
        assertThat(tag("end")).isEqualTo("COMMIT");
        assertThat(tag("deallocate all")).isEqualTo("DEALLOCATE ALL");
        assertThat(tag("truncate t")).isEqualTo("TRUNCATE TABLE");
        assertThat(tag("start transaction")).isEqualTo("START TRANSACTION");
    }

    private static String tag(String sql) {
        return SqlParser.parse(sql).getFirst().statement().commandTag();
    }
}
