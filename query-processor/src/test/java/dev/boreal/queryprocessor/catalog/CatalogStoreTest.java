package dev.boreal.queryprocessor.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.definition.RecordingContext;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogStoreTest {
    private final RecordingContext context = new RecordingContext(List.of());

    private String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    @Test
    void emptyDatabaseHasTheBootstrapCatalog() {
        CatalogSnapshot loaded = context.store().load(context.transaction());

        assertThat(loaded.version()).isEqualTo(CatalogStore.NEVER_CHANGED);
        assertThat(loaded.schemas().stream().map(Schema::name))
                .containsExactly("pg_catalog", "public", "information_schema");
        assertThat(loaded.findRole("postgres")).isNotNull();
    }

    @Test
    void snapshotWrittenOutAndLoadedAgainIsEqual() {
        context.execute("create table t(a serial primary key, b text default 'x' unique, c int check (c > 0),"
                + " d int references t, e numeric(8,2), exclude_me int)");
        context.execute("create index on t (c desc, lower(b)) include (e) where c > 5");
        context.execute("alter table t drop column exclude_me");
        context.execute("alter table t add column f int default 7");
        context.execute("create view v as select a from t");
        context.execute("create user u password 'secret'");
        context.execute("create schema s authorization u");

        CatalogSnapshot expected = context.transaction().catalog();
        CatalogSnapshot loaded = context.store().load(context.transaction());

        assertThat(loaded.version()).isEqualTo(77);
        assertThat(loaded.schemas()).usingRecursiveComparison().isEqualTo(expected.schemas());
        assertThat(loaded.relations()).usingRecursiveComparison().isEqualTo(expected.relations());
        assertThat(loaded.roles()).usingRecursiveComparison().isEqualTo(expected.roles());
    }

    @Test
    void takenNameAndChangedTableAreClaimed() {
        context.execute("create table t(a int primary key)");

        CatalogNames names = new CatalogNames(context.transaction().catalog(), List.of("public"));
        int oid = names.require(NameText.parse("t")).oid();
        assertThat(context.transaction().tableVersions).containsEntry(oid, AccessMode.KEY_WRITE);
        assertThat(context.transaction().accesses)
                .containsEntry(hex(CatalogKeys.relationName(Schema.PUBLIC, "t")), AccessMode.KEY_WRITE)
                .containsEntry(hex(CatalogKeys.relationName(Schema.PUBLIC, "t_pkey")), AccessMode.KEY_WRITE)
                .containsEntry(hex(CatalogKeys.schema(Schema.PUBLIC)), AccessMode.KEY_SHARE);
    }

    @Test
    void droppedPublicSchemaStaysDropped() {
        context.execute("drop schema public");

        assertThat(context.store().load(context.transaction()).findSchema("public"))
                .isNull();
    }

    @Test
    void namesPrintAsShortAsTheSearchPathAllows() {
        context.execute("create schema s");
        context.execute("create table s.t(a int)");
        context.execute("create table public.\"T\"(a int primary key)");
        CatalogNames names = new CatalogNames(context.transaction().catalog(), List.of("public"));

        assertThat(names.print(names.require(NameText.parse("s.t")).oid())).isEqualTo("s.t");
        assertThat(names.print(names.require(NameText.parse("\"T\"")).oid())).isEqualTo("\"T\"");
        assertThat(names.print(names.require(NameText.parse("\"T_pkey\"")).oid()))
                .isEqualTo("\"T_pkey\"");
        assertThat(names.find(NameText.parse("t"))).isNull();
    }
}
