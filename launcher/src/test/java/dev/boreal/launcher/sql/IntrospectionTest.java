package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What drivers, object mappers and migration tools read of the catalog before they do anything. */
class IntrospectionTest extends SessionTestCase {
    private static Connection session;

    @BeforeAll
    static void define() throws SQLException {
        session = connect("introspection");
        run(
                session,
                "CREATE TABLE author (id bigserial PRIMARY KEY, code varchar(10) UNIQUE, a int, b int, UNIQUE (a, b))",
                "CREATE TABLE book (id int GENERATED ALWAYS AS IDENTITY, part int, title text DEFAULT 'none',"
                        + " author_id bigint REFERENCES author ON DELETE CASCADE ON UPDATE RESTRICT, a int, b int,"
                        + " price numeric(8,2), tags text[], PRIMARY KEY (id, part), CONSTRAINT both_fk FOREIGN KEY"
                        + " (a, b) REFERENCES author (a, b) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED)",
                "CREATE INDEX book_title ON book (lower(title), price DESC)",
                "CREATE VIEW cheap AS SELECT id, title FROM book WHERE price < 10",
                "COMMENT ON COLUMN author.code IS 'the code'");
    }

    @AfterAll
    static void close() throws SQLException {
        session.close();
    }

    private static List<String> columns(ResultSet result, String... names) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (result) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (String name : names) {
                    row.append(row.isEmpty() ? "" : "|").append(result.getString(name));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    // DatabaseMetaData ------------------------------------------------------------------------------------------

    @Test
    void describesTablesAndColumns() throws SQLException {
        DatabaseMetaData meta = session.getMetaData();
        assertThat(columns(
                        meta.getTables(null, "public", "%", new String[] {"TABLE", "VIEW"}),
                        "TABLE_NAME",
                        "TABLE_TYPE"))
                .containsExactly("author|TABLE", "book|TABLE", "cheap|VIEW");
        assertThat(columns(
                        meta.getColumns(null, "public", "author", "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "IS_NULLABLE",
                        "IS_AUTOINCREMENT",
                        "REMARKS"))
                .containsExactly(
                        "id|bigserial|19|NO|YES|null",
                        "code|varchar|10|YES|NO|the code",
                        "a|int4|10|YES|NO|null",
                        "b|int4|10|YES|NO|null");
        assertThat(columns(meta.getCatalogs(), "TABLE_CAT")).containsExactly("postgres");
        assertThat(columns(meta.getSchemas(null, "pub%"), "TABLE_SCHEM")).containsExactly("public");
        assertThat(columns(meta.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW", "SEQUENCE");
        assertThat(columns(meta.getTypeInfo(), "TYPE_NAME")).contains("int4", "text", "jsonb", "_int4");
    }

    @Test
    void describesKeysAndIndexes() throws SQLException {
        DatabaseMetaData meta = session.getMetaData();
        assertThat(columns(meta.getPrimaryKeys(null, "public", "book"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactly("id|1|book_pkey", "part|2|book_pkey");
        assertThat(columns(
                        meta.getIndexInfo(null, "public", "book", false, true),
                        "INDEX_NAME",
                        "NON_UNIQUE",
                        "ORDINAL_POSITION",
                        "ASC_OR_DESC"))
                .containsExactly("book_pkey|f|1|A", "book_pkey|f|2|A", "book_title|t|1|A", "book_title|t|2|D");
        String[] fields = {
            "FKCOLUMN_NAME",
            "PKCOLUMN_NAME",
            "KEY_SEQ",
            "UPDATE_RULE",
            "DELETE_RULE",
            "FK_NAME",
            "PK_NAME",
            "DEFERRABILITY"
        };
        String[] keys = {
            "a|a|1|3|2|both_fk|author_a_b_key|5",
            "b|b|2|3|2|both_fk|author_a_b_key|5",
            "author_id|id|1|1|0|book_author_id_fkey|author_pkey|7"
        };
        assertThat(columns(meta.getImportedKeys(null, "public", "book"), fields))
                .containsExactlyInAnyOrder(keys);
        assertThat(columns(meta.getExportedKeys(null, "public", "author"), fields))
                .containsExactlyInAnyOrder(keys);
        assertThat(columns(meta.getCrossReference(null, "public", "author", null, "public", "book"), fields))
                .containsExactlyInAnyOrder(keys);
        assertThat(columns(
                        meta.getBestRowIdentifier(null, "public", "book", DatabaseMetaData.bestRowSession, true),
                        "COLUMN_NAME"))
                .containsExactly("id", "part");
    }

    @Test
    void describesFunctionsAndPrivileges() throws SQLException {
        DatabaseMetaData meta = session.getMetaData();
        assertThat(columns(meta.getFunctions(null, "pg_catalog", "lower"), "FUNCTION_NAME"))
                .contains("lower");
        assertThat(columns(meta.getFunctionColumns(null, "pg_catalog", "substr", "%"), "FUNCTION_NAME"))
                .contains("substr");
        assertThat(columns(meta.getProcedures(null, "public", "%"), "PROCEDURE_NAME"))
                .isEmpty();
        assertThat(columns(meta.getTablePrivileges(null, "public", "book"), "PRIVILEGE"))
                .contains("SELECT", "INSERT", "UPDATE", "DELETE");
        assertThat(columns(meta.getColumnPrivileges(null, "public", "book", "id"), "PRIVILEGE"))
                .contains("SELECT", "INSERT", "UPDATE");
        assertThat(columns(meta.getUDTs(null, "public", "%", null), "TYPE_NAME"))
                .contains("author", "book");
        assertThat(columns(meta.getClientInfoProperties(), "NAME")).contains("ApplicationName");
        assertThat(meta.getMaxColumnsInIndex()).isEqualTo(32);
        assertThat(meta.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    }

    // Catalog queries -------------------------------------------------------------------------------------------

    @Test
    void givesEveryColumnItsTypeAndDefault() throws SQLException {
        assertThat(
                        rows(
                                session,
                                "SELECT c.attname, format_type(c.atttypid, c.atttypmod), pg_get_expr(d.adbin, d.adrelid),"
                                        + " c.attidentity FROM pg_attribute c LEFT JOIN pg_attrdef d ON d.adrelid = c.attrelid AND"
                                        + " d.adnum = c.attnum WHERE c.attrelid = '\"book\"'::regclass AND c.attnum > 0 AND NOT"
                                        + " c.attisdropped AND c.attname IN ('id', 'title', 'price', 'tags') ORDER BY c.attnum"))
                .containsExactly(
                        "id|integer|null|a",
                        "title|text|'none'::text|",
                        "price|numeric(8,2)|null|",
                        "tags|text[]|null|");
    }

    @Test
    void unfoldsKeysWithTheirPlaces() throws SQLException {
        assertThat(rows(
                        session,
                        "SELECT k.conname, array(SELECT attname FROM unnest(k.conkey) WITH ORDINALITY u(number, place)"
                                + " JOIN pg_attribute ON attrelid = k.conrelid AND attnum = u.number ORDER BY place),"
                                + " pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = 'book'::regclass"
                                + " AND k.contype IN ('p', 'f') ORDER BY 1"))
                .containsExactly(
                        "book_author_id_fkey|{author_id}|FOREIGN KEY (author_id) REFERENCES author(id) ON UPDATE"
                                + " RESTRICT ON DELETE CASCADE",
                        "book_pkey|{id,part}|PRIMARY KEY (id, part)",
                        "both_fk|{a,b}|FOREIGN KEY (a, b) REFERENCES author(a, b) ON DELETE SET NULL DEFERRABLE"
                                + " INITIALLY DEFERRED");
        assertThat(rows(
                        session,
                        "SELECT (keys).n, (keys).x = a.attnum FROM (SELECT indrelid,"
                                + " information_schema._pg_expandarray(indkey) AS keys FROM pg_index WHERE indisprimary"
                                + " AND indrelid = 'book'::regclass) i JOIN pg_attribute a ON a.attrelid = i.indrelid AND"
                                + " a.attnum = (i.keys).x ORDER BY 1"))
                .containsExactly("1|t", "2|t");
    }

    @Test
    void followsTypesToTheirElementsAndFunctions() throws SQLException {
        assertThat(rows(
                        session,
                        "WITH RECURSIVE used(oid, typname, typelem, depth) AS (SELECT oid, typname, typelem, 0 FROM"
                                + " pg_type WHERE oid = 1009 UNION ALL SELECT t.oid, t.typname, t.typelem, used.depth + 1"
                                + " FROM pg_type t JOIN used ON t.oid = used.typelem) SELECT typname, depth FROM used"
                                + " ORDER BY depth"))
                .containsExactly("_text|0", "text|1");
        assertThat(rows(
                        session,
                        "SELECT typname FROM pg_type t JOIN pg_proc f ON f.oid = t.typreceive WHERE f.proname ="
                                + " 'array_recv' AND t.typelem = 'int4'::regtype"))
                .containsExactly("_int4");
        assertThat(rows(
                        session,
                        "SELECT typname FROM pg_type WHERE typinput = 'array_in(cstring,oid,integer)'::regprocedure"
                                + " AND typelem = 25"))
                .containsExactly("_text");
    }

    @Test
    void tellsWhoOwnsASequenceAndWhatAnIndexIs() throws SQLException {
        assertThat(rows(
                        session,
                        "SELECT s.relname, a.attname, pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d JOIN"
                                + " pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_attribute a ON a.attrelid ="
                                + " d.refobjid AND a.attnum = d.refobjsubid WHERE d.refobjid = 'author'::regclass"))
                .containsExactly("author_id_seq|id|sequence author_id_seq");
        assertThat(rows(
                        session,
                        "SELECT pg_get_indexdef(indexrelid, 1, true), pg_get_indexdef(indexrelid, 2, true), indoption[1]"
                                + " FROM pg_index WHERE indexrelid = 'book_title'::regclass"))
                .containsExactly("lower(title)|price|3");
    }

    @Test
    void answersWhatToolsAskAboutTheServer() throws SQLException {
        assertThat(value(session, "SELECT current_schemas(false)")).isEqualTo("{public}");
        assertThat(value(session, "SELECT count(*) > 400 FROM pg_get_keywords()"))
                .isEqualTo("t");
        assertThat(value(session, "SELECT setting FROM pg_show_all_settings() WHERE name = 'max_index_keys'"))
                .isEqualTo("32");
        assertThat(value(
                        session,
                        "SELECT pg_tablespace_size('pg_default') >= 0 AND pg_postmaster_start_time() <= now()"))
                .isEqualTo("t");
        assertThat(value(session, "SELECT numbackends > 0 FROM pg_stat_database WHERE datname = current_database()"))
                .isEqualTo("t");
        assertThat(rows(
                        session,
                        "SELECT c.reltype > 0 AND t.typrelid = c.oid FROM pg_class c JOIN pg_type t ON t.oid ="
                                + " c.reltype WHERE c.relname = 'book'"))
                .containsExactly("t");
    }
}
