package dev.boreal.queryprocessor.catalog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.definition.RecordingContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SystemTablesTest {
    private final List<SystemTable> tables = SystemTables.all(SessionSource.EMPTY);
    private final RecordingContext context = new RecordingContext(tables);

    private void define(String... statements) {
        for (String statement : statements) {
            context.execute(statement);
        }
    }

    private void defineShop() {
        define(
                "create table customer(id serial primary key, name varchar(20) not null default 'x', born date,"
                        + " rating numeric(5,2) check (rating > 0), unique (name))",
                "create table purchase(id bigint generated always as identity primary key, customer int references"
                        + " customer on delete cascade, note text)",
                "create index on purchase (customer desc, lower(note)) where customer > 1",
                "comment on table customer is 'who buys'",
                "comment on column customer.name is 'as called'",
                "create view v as select id from customer",
                "create role r1",
                "create user u1 in role r1 password 'secret'",
                "alter table customer drop column born");
    }

    private List<String> column(String table, String name) {
        List<String> values = new ArrayList<>();
        SystemTable found = tables.stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow();
        Column column = found.columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        Iterator<@Nullable Object[]> rows = found.rows().apply(context.evaluation());
        while (rows.hasNext()) {
            Object value = rows.next()[column.field()];
            values.add(value == null ? "" : column.type().format(value, context.evaluation()));
        }
        return values;
    }

    @Test
    void everyValueIsOneOfItsColumnsType() {
        defineShop();
        for (SystemTable table : tables) {
            Iterator<@Nullable Object[]> rows = table.rows().apply(context.evaluation());
            while (rows.hasNext()) {
                @Nullable Object[] row = rows.next();
                for (Column column : table.columns()) {
                    Object value = row[column.field()];
                    assertThat(value != null || !column.notNull())
                            .describedAs(table.name() + "." + column.name())
                            .isTrue();
                    if (value != null) {
                        assertThat(column.type().format(value, context.evaluation()))
                                .describedAs(table.name() + "." + column.name())
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void listsRelationsOfUsersAndSystem() {
        defineShop();

        assertThat(column("pg_class", "relname"))
                .contains("customer", "customer_pkey", "customer_id_seq", "v", "pg_class", "columns")
                .doesNotHaveDuplicates();
        assertThat(column("pg_constraint", "conname"))
                .containsExactly(
                        "customer_pkey",
                        "customer_rating_check",
                        "customer_name_key",
                        "purchase_pkey",
                        "purchase_customer_fkey");
        assertThat(column("pg_index", "indkey")).containsExactly("1", "2", "1", "2 0");
        assertThat(column("pg_index", "indoption")).containsExactly("0", "0", "0", "3 0");
        assertThat(column("pg_description", "description")).contains("who buys", "as called");
        assertThat(column("pg_roles", "rolname")).containsExactly("postgres", "r1", "u1");
        assertThat(column("pg_authid", "rolpassword").getLast()).startsWith("SCRAM-SHA-256$4096:");
    }

    @Test
    void printsIndexesAsPostgresDoes() {
        defineShop();

        assertThat(column("pg_indexes", "indexdef"))
                .containsExactly(
                        "CREATE UNIQUE INDEX customer_pkey ON public.customer USING btree (id)",
                        "CREATE UNIQUE INDEX customer_name_key ON public.customer USING btree (name)",
                        "CREATE UNIQUE INDEX purchase_pkey ON public.purchase USING btree (id)",
                        "CREATE INDEX purchase_customer_lower_idx ON public.purchase USING btree (customer DESC,"
                                + " lower(note)) WHERE (customer > 1)");
    }

    @Test
    void describesColumnsAsTheStandardSays() {
        defineShop();

        assertThat(column("columns", "column_default"))
                .contains("nextval('customer_id_seq'::regclass)", "'x'::character varying");
        assertThat(column("columns", "character_maximum_length")).contains("20");
        assertThat(column("columns", "numeric_precision")).contains("5", "32", "64");
        assertThat(column("referential_constraints", "delete_rule")).containsExactly("CASCADE");
        assertThat(column("key_column_usage", "column_name")).containsExactly("id", "name", "id", "customer");
    }

    @Test
    void viewsKeepTheirMeaningAlongAnySearchPathAndPrintInShort() {
        define(
                "create schema s",
                "create table s.t(a int)",
                "create table t(a int)",
                "create view v as with c as (select 1 as a) select t.a from t, s.t as u, c where t.a in (select a from t)");

        assertThat(column("pg_rewrite", "ev_action").getFirst())
                .contains("FROM public.t, s.t u, c")
                .endsWith("FROM public.t))");
        assertThat(column("pg_views", "definition").stream()
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElseThrow())
                .contains("FROM t,")
                .contains("s.t u,");
    }

    @Test
    void defaultsNameTheirSequencesInFullAndPrintInShort() {
        define("create sequence q", "create table t(a int default nextval('q'), b int default nextval('Q'::regclass))");

        assertThat(column("pg_attrdef", "adbin"))
                .containsExactly("nextval('public.q'::regclass)", "nextval('public.q'::regclass)");
        assertThat(column("columns", "column_default")).contains("nextval('q'::regclass)");
        assertThatThrownBy(() -> define("drop sequence q")).hasMessageContaining("because other objects depend on it");
    }
}
