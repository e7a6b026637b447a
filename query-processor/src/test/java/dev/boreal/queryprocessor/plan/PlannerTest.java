package dev.boreal.queryprocessor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.Explanation;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which plan a statement gets, and which error a wrong one. */
class PlannerTest {
    private static final CatalogSnapshot CATALOG = catalog();

    private static CatalogSnapshot catalog() {
        Table t = new Table(
                1000,
                "t",
                Schema.PUBLIC,
                10,
                5,
                List.of(
                        column(1, "id", TypeRegistry.INT4),
                        column(2, "a", TypeRegistry.INT4),
                        column(3, "b", TypeRegistry.TEXT)),
                List.of(index(1001, "t_pkey", 5, true, 1), index(1002, "t_a", 6, false, 2)),
                List.of(),
                null,
                null);
        Table u = new Table(
                1010,
                "u",
                Schema.PUBLIC,
                10,
                7,
                List.of(column(1, "id", TypeRegistry.INT4), column(2, "t_id", TypeRegistry.INT4)),
                List.of(index(1011, "u_pkey", 7, true, 1)),
                List.of(),
                null,
                null);
        return new CatalogSnapshot(
                1,
                List.of(
                        new Schema(Schema.PG_CATALOG, "pg_catalog", 10, null),
                        new Schema(Schema.PUBLIC, "public", 10, null)),
                List.of(t, u),
                List.of());
    }

    private static Column column(int number, String name, SqlType type) {
        return Column.of(number, name, type, -1).withNotNull(number == 1);
    }

    private static Index index(int oid, String name, int storage, boolean primary, int column) {
        return new Index(
                oid,
                name,
                storage,
                primary,
                primary,
                false,
                List.of(new Index.IndexColumn(column, null, false, false)),
                new int[0],
                null,
                Index.State.READY,
                null);
    }

    private static Plan plan(String sql) {
        return Planner.plan(
                SqlParser.parse(sql).getFirst().statement(), CATALOG, PlanningContext.of(List.of("public")));
    }

    private static List<String> nodes(Operator operator) {
        List<String> nodes = new ArrayList<>();
        operator.explain(new Explanation() {
            @Override
            public void node(String name) {
                nodes.add(name);
            }

            @Override
            public void property(String name, String value) {}

            @Override
            public void subplan(String title, Operator plan) {}
        });
        operator.inputs().forEach(input -> nodes.addAll(nodes(input)));
        return nodes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM t WHERE id = $1 | Primary Key Lookup on t",
                "SELECT * FROM t WHERE id = 5::int8 | Primary Key Lookup on t",
                "SELECT id FROM t WHERE a = 4 | Index Scan using t_a on t",
                "SELECT id FROM t WHERE id > 4 | Primary Key Scan on t",
                "SELECT id FROM t WHERE b = 'x' | Seq Scan on t",
                "SELECT id FROM t WHERE id IN (1, 2, 2) | Primary Key Lookup on t",
                "SELECT t.id FROM t JOIN u ON t.id = u.t_id WHERE u.id = 1 | Primary Key Lookup on u",
                "SELECT t.id FROM t JOIN u ON t.id = u.t_id WHERE u.id = 1 | Primary Key Lookup on t"
            })
    void readsByTheBestKey(String sql, String node) {
        assertThat(nodes(plan(sql).root())).contains(node);
    }

    @Test
    void sortsNothingThatComesInOrder() {
        assertThat(nodes(plan("SELECT id FROM t ORDER BY id DESC LIMIT 3").root()))
                .doesNotContain("Sort");
        assertThat(nodes(plan("SELECT id FROM t ORDER BY b LIMIT 3").root())).contains("Sort");
        assertThat(nodes(plan("SELECT id FROM t ORDER BY a LIMIT 3").root())).contains("Index Scan using t_a on t");
    }

    @Test
    void parametersTakeTheTypeOfTheirSurroundings() {
        assertThat(plan("UPDATE t SET b = $1, a = a + $2 WHERE id = $3").parameterTypes())
                .containsExactly(TypeRegistry.TEXT, TypeRegistry.INT4, TypeRegistry.INT4);
        assertThat(plan("SELECT $1").parameterTypes()).containsExactly(TypeRegistry.TEXT);
    }

    @Test
    void onlyWholeKeysAreBrief() {
        assertThat(plan("SELECT b FROM t WHERE id = $1").brief()).isTrue();
        assertThat(plan("UPDATE t SET a = 1 WHERE id = $1").brief()).isTrue();
        assertThat(plan("SELECT b FROM t WHERE a = $1").brief()).isFalse();
        assertThat(plan("SELECT (SELECT count(*) FROM u) FROM t WHERE id = 1").brief())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT x FROM t | 42703 | column \"x\" does not exist | 8",
                "SELECT t.x FROM t | 42703 | column t.x does not exist | 8",
                "SELECT * FROM nope | 42P01 | relation \"nope\" does not exist | 15",
                "SELECT q.* FROM t | 42P01 | missing FROM-clause entry for table \"q\" | 8",
                "SELECT id FROM t, u | 42702 | column reference \"id\" is ambiguous | 8",
                "SELECT a, count(*) FROM t GROUP BY b | 42803 | column \"t.a\" must appear in the GROUP BY clause or be used in an aggregate function | 8",
                "SELECT a FROM t WHERE count(*) > 1 | 42803 | aggregate functions are not allowed in WHERE | 23",
                "SELECT 1 FROM t WHERE a | 42804 | argument of WHERE must be type boolean, not type integer | 23",
                "SELECT 1 + 'x' | 22P02 | invalid input syntax for type integer: \"x\" | 12",
                "SELECT id FROM t ORDER BY 2 | 42P10 | ORDER BY position 2 is not in select list | 27",
                "INSERT INTO t (nope) VALUES (1) | 42703 | column \"nope\" of relation \"t\" does not exist | 16",
                "INSERT INTO t (id) VALUES (1, 2) | 42601 | INSERT has more expressions than target columns | 31",
                "SELECT (SELECT 1, 2) | 42601 | subquery must return only one column | 8"
            })
    void refusesAsPostgresDoes(String sql, String state, String message, int position) {
        SqlException refused = catchThrowableOfType(SqlException.class, () -> plan(sql));

        SqlError error = refused.error();
        assertThat(error.sqlState()).isEqualTo(state);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.position()).isEqualTo(position);
    }

    @Test
    void groupingByTheKeyGroupsByEverything() {
        assertThat(plan("SELECT id, b, count(*) FROM t GROUP BY id").columns()).hasSize(3);
    }
}
