package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names along a search path, and prints them as short as that path allows. pg_catalog is searched first unless
 * the path names it. Immutable; cheap to make.
 */
public final class CatalogNames {
    private final CatalogSnapshot catalog;
    private final List<Schema> path;
    private final @Nullable Schema creationSchema;

    /**
     * What a name among relations stands for.
     *
     * @param index null unless the name is that of an index; {@code relation} is its table then
     */
    public record Found(Relation relation, @Nullable Index index) {
        public int oid() {
            return index == null ? relation.oid() : index.oid();
        }
    }

    /** @param searchPath names of schemas, "$user" already replaced; those that do not exist are passed over */
    public CatalogNames(CatalogSnapshot catalog, List<String> searchPath) {
        this.catalog = catalog;
        List<Schema> found = new ArrayList<>(searchPath.size() + 1);
        for (String name : searchPath) {
            Schema schema = catalog.findSchema(name);
            if (schema != null && !found.contains(schema)) {
                found.add(schema);
            }
        }
        creationSchema = found.isEmpty() ? null : found.getFirst();
        Schema system = catalog.schema(Schema.PG_CATALOG);
        if (system != null && !found.contains(system)) {
            found.addFirst(system);
        }
        path = List.copyOf(found);
    }

    public static @Nullable Relation findRelation(
            CatalogSnapshot catalog, List<String> searchPath, QualifiedName name) {
        return new CatalogNames(catalog, searchPath).findRelation(name);
    }

    /** The schemas that are searched, pg_catalog among them. */
    public List<Schema> path() {
        return path;
    }

    /** Where an unqualified CREATE goes: current_schema; null if no schema of the path exists. */
    public @Nullable Schema creationSchema() {
        return creationSchema;
    }

    /** The schema of CREATE. 3F000 if there is none. */
    public Schema schemaForCreation(QualifiedName name) {
        requireThisDatabase(name);
        String schema = name.schema();
        if (schema != null) {
            return requireSchema(schema);
        }
        if (creationSchema == null) {
            throw new SqlException(SqlState.INVALID_SCHEMA_NAME, "no schema has been selected to create in");
        }
        return creationSchema;
    }

    public Schema requireSchema(String name) {
        Schema schema = catalog.findSchema(name);
        if (schema == null) {
            throw new SqlException(SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
        }
        return schema;
    }

    /** The relation or index of a name, null if there is none. 0A000 for a name in another database. */
    public @Nullable Found find(QualifiedName name) {
        requireThisDatabase(name);
        String schemaName = name.schema();
        if (schemaName != null) {
            Schema schema = catalog.findSchema(schemaName);
            return schema == null ? null : findIn(schema.oid(), name.name());
        }
        for (Schema schema : path) {
            Found found = findIn(schema.oid(), name.name());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** As {@link #find}, but an index is not what was asked for. */
    public @Nullable Relation findRelation(QualifiedName name) {
        Found found = find(name);
        return found == null || found.index() != null ? null : found.relation();
    }

    /** The relation that a query names. 42P01 at the name's position; 42809 for an index. */
    public Relation relationOfQuery(QualifiedName name) {
        Found found = find(name);
        if (found == null) {
            throw new SqlException(undefined(name).error().withPosition(name.position()));
        }
        if (found.index() != null) {
            throw new SqlException(dev.boreal.contracts.sql.SqlError.error(
                            SqlState.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is an index")
                    .withPosition(name.position()));
        }
        return found.relation();
    }

    /** The relation or index that a definition names. 3F000 for its schema, else 42P01. */
    public Found require(QualifiedName name) {
        Found found = find(name);
        if (found == null) {
            String schema = name.schema();
            if (schema != null) {
                requireSchema(schema);
            }
            throw undefined(name);
        }
        return found;
    }

    /** The relation or index of that name in one schema. */
    public @Nullable Found findIn(int schemaOid, String name) {
        Relation relation = catalog.findRelation(schemaOid, name);
        if (relation != null) {
            return new Found(relation, null);
        }
        Table table = catalog.findTableOfIndex(schemaOid, name);
        if (table != null) {
            for (Index index : table.indexes()) {
                if (index.name().equals(name)) {
                    return new Found(table, index);
                }
            }
        }
        return null;
    }

    /** The relation or index of an oid. */
    public @Nullable Found findByOid(int oid) {
        Relation relation = catalog.relation(oid);
        if (relation != null) {
            return new Found(relation, null);
        }
        Table table = catalog.tableOfIndex(oid);
        if (table != null) {
            for (Index index : table.indexes()) {
                if (index.oid() == oid) {
                    return new Found(table, index);
                }
            }
        }
        return null;
    }

    /** Whether the bare name finds the relation or index: pg_table_is_visible. */
    public boolean visible(int oid) {
        Found target = findByOid(oid);
        if (target == null) {
            return false;
        }
        Found found = find(QualifiedName.of(nameOf(target), 0));
        return found != null && found.oid() == oid;
    }

    /** As regclass prints it: quoted where needed, qualified where not visible; null if there is no such relation. */
    public @Nullable String print(int oid) {
        Found found = findByOid(oid);
        if (found == null) {
            return null;
        }
        String name = Identifiers.quote(nameOf(found));
        return visible(oid)
                ? name
                : Identifiers.quote(schemaName(found.relation().schemaOid())) + "." + name;
    }

    /** Always qualified, quoted where needed. */
    public String printQualified(Found found) {
        return Identifiers.quote(schemaName(found.relation().schemaOid())) + "." + Identifiers.quote(nameOf(found));
    }

    private static String nameOf(Found found) {
        Index index = found.index();
        return index == null ? found.relation().name() : index.name();
    }

    private String schemaName(int oid) {
        Schema schema = catalog.schema(oid);
        return schema == null ? Integer.toUnsignedString(oid) : schema.name();
    }

    public static SqlException undefined(QualifiedName name) {
        return new SqlException(SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
    }

    private static void requireThisDatabase(QualifiedName name) {
        String database = name.catalog();
        if (database != null && !database.equals(CatalogStore.DATABASE_NAME)) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "cross-database references are not implemented: \"" + name + "\"");
        }
    }
}
