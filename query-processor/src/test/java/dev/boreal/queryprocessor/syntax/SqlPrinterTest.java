package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SqlPrinterTest {

    @ParameterizedTest
    @EnumSource(SqlPrinter.class)
    void printsWhatParsesToTheSameTree(SqlPrinter printer) {
        List<String> differences = new ArrayList<>();
        int printed = 0;
        for (GoldenStatements.Golden golden : GoldenStatements.all()) {
            if (golden.accepted()) {
                for (ParsedStatement parsed : parse(golden.sql())) {
                    if (parsed.statement() instanceof PreparableStatement statement) {
                        printed++;
                        compare(statement, printer.print(statement), differences);
                        if (statement instanceof Query query) {
                            compare(statement, printer.printView(query), differences);
                        }
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(printed).isGreaterThan(600);
    }

    private static List<ParsedStatement> parse(String sql) {
        try {
            return SqlParser.parse(sql);
        } catch (SqlException unsupported) {
            return List.of();
        }
    }

    private static void compare(PreparableStatement statement, String text, List<String> differences) {
        try {
            String back = TreeText.of(SqlParser.parse(text).getFirst().statement());
            if (!back.equals(TreeText.of(statement))) {
                differences.add(text + "\n  " + TreeText.of(statement) + "\n  " + back);
            }
        } catch (SqlException refused) {
            differences.add(text + "\n  " + refused.getMessage() + " at "
                    + refused.error().position());
        }
    }

    @Test
    void printsViewsAsPostgresqlLaysThemOut() {
        Query query = (Query) SqlParser.parse(
                        "select p.id, count(*) as n from p join ch on p.id = ch.a where p.c > 1 + 2 group by p.id order by 2 desc")
                .getFirst()
                .statement();
        assertThat(SqlPrinter.PRETTY.printView(query)).isEqualTo("""
                         SELECT p.id,
                            count(*) AS n
                           FROM p
                             JOIN ch ON p.id = ch.a
                          WHERE p.c > (1 + 2)
                          GROUP BY p.id
                          ORDER BY 2 DESC;\
                        """);
        assertThat(SqlPrinter.PARENTHESES.printView(query)).isEqualTo("""
                         SELECT p.id,
                            count(*) AS n
                           FROM (p
                             JOIN ch ON ((p.id = ch.a)))
                          WHERE (p.c > (1 + 2))
                          GROUP BY p.id
                          ORDER BY 2 DESC;\
                        """);
    }

    @Test
    void printsExpressionsInBothManners() {
        assertThat(expression(SqlPrinter.PARENTHESES, "a>0::numeric and not b or c is null"))
                .isEqualTo("(((a > (0)::numeric) AND (NOT b)) OR (c IS NULL))");
        assertThat(expression(SqlPrinter.PRETTY, "a>0::numeric and not b or c is null"))
                .isEqualTo("a > 0::numeric AND NOT b OR c IS NULL");
        assertThat(expression(SqlPrinter.PRETTY, "nextval('s'::regclass)")).isEqualTo("nextval('s'::regclass)");
        assertThat(expression(SqlPrinter.PRETTY, "a - (b - c) * d")).isEqualTo("a - (b - c) * d");
        assertThat(expression(SqlPrinter.PRETTY, "cast(x as varchar(3)) || timestamp with time zone 'now'"))
                .isEqualTo("x::character varying(3) || 'now'::timestamp with time zone");
        assertThat(expression(SqlPrinter.PRETTY, "extract(year from t at time zone 'UTC') in (1, -2)"))
                .isEqualTo("EXTRACT(year FROM t AT TIME ZONE 'UTC') IN (1, -2)");
    }

    private static String expression(SqlPrinter printer, String sql) {
        return printer.print(SqlParser.parseExpression(sql));
    }
}
