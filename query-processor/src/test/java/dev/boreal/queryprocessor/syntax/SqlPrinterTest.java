package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition;
import dev.boreal.queryprocessor.syntax.tree.TableElement;
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

    @ParameterizedTest
    @EnumSource(SqlPrinter.class)
    void printsConstraintsAndIndexElementsThatParseToTheSameTrees(SqlPrinter printer) {
        int constraints = 0;
        int elements = 0;
        for (GoldenStatements.Golden golden : GoldenStatements.read("definitions")) {
            Object statement =
                    golden.accepted() ? parse(golden.sql()).getFirst().statement() : null;
            if (statement instanceof TableDefinition.CreateTable table) {
                for (TableElement element : table.elements()) {
                    if (element instanceof TableElement.TableConstraint written) {
                        constraints++;
                        assertThat(TreeText.of(constraint(printer.print(written.constraint()))))
                                .isEqualTo(TreeText.of(constraint(unnamed(golden, written))));
                    }
                }
            }
            if (statement instanceof TableDefinition.CreateIndex index) {
                for (IndexElement element : index.elements()) {
                    elements++;
                    assertThat(TreeText.of(element(printer.print(element)))).isEqualTo(TreeText.of(element));
                }
            }
        }
        assertThat(constraints).isGreaterThan(10);
        assertThat(elements).isGreaterThan(15);
    }

    /** The constraint's source without its name, which the printer leaves out. */
    private static String unnamed(GoldenStatements.Golden golden, TableElement.TableConstraint written) {
        String text = golden.sql().substring(written.position() - 1);
        int depth = 0;
        int end = 0;
        while (depth > 0 || (text.charAt(end) != ',' && text.charAt(end) != ')')) {
            depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
            end++;
        }
        return text.substring(0, end).replaceFirst("^CONSTRAINT \\w+ ", "");
    }

    private static Object constraint(String sql) {
        return ((TableDefinition.CreateTable)
                        parse("CREATE TABLE t (" + sql + ")").getFirst().statement())
                .elements()
                .getFirst();
    }

    private static IndexElement element(String sql) {
        return ((TableDefinition.CreateIndex)
                        parse("CREATE INDEX ON t (" + sql + ")").getFirst().statement())
                .elements()
                .getFirst();
    }

    private static String expression(SqlPrinter printer, String sql) {
        return printer.print(SqlParser.parseExpression(sql));
    }
}
