package dev.boreal.queryprocessor.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that exists, as of one moment. Immutable; a change gives a new snapshot. System schemas and tables are part
 * of it.
 *
 * <p>Iteration is by oid, so that listings are the same everywhere.
 */
public final class CatalogSnapshot {
    private final long version;
    private final Map<Integer, Schema> schemas;
    private final Map<Integer, Relation> relations;
    private final Map<Integer, Role> roles;
    private final Map<RelationName, Relation> relationsByName = new HashMap<>();
    private final Map<String, Schema> schemasByName = new HashMap<>();
    private final Map<RelationName, Table> tablesByIndexName = new HashMap<>();
    private final Map<Integer, Table> tablesByIndex = new HashMap<>();

    private final Map<Integer, List<Reference>> references = new HashMap<>();

    private record RelationName(int schemaOid, String name) {}

    /** A foreign key with the table that has it. */
    public record Reference(Table table, Constraint.ForeignKey key) {}

    /**
     * @param version value of the catalog's version key, which differs after every committed change; negative, and
     *     unique within the process, while the change is a transaction's own
     */
    public CatalogSnapshot(
            long version, Collection<Schema> schemas, Collection<Relation> relations, Collection<Role> roles) {
        this.version = version;
        this.schemas = new TreeMap<>();
        this.relations = new TreeMap<>();
        this.roles = new TreeMap<>();
        for (Schema schema : schemas) {
            this.schemas.put(schema.oid(), schema);
            schemasByName.put(schema.name(), schema);
        }
        for (Relation relation : relations) {
            this.relations.put(relation.oid(), relation);
            relationsByName.put(new RelationName(relation.schemaOid(), relation.name()), relation);
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    tablesByIndexName.put(new RelationName(table.schemaOid(), index.name()), table);
                    tablesByIndex.put(index.oid(), table);
                }
                for (Constraint constraint : table.constraints()) {
                    if (constraint instanceof Constraint.ForeignKey key) {
                        references
                                .computeIfAbsent(key.referencedTable(), oid -> new ArrayList<>())
                                .add(new Reference(table, key));
                    }
                }
            }
        }
        for (Role role : roles) {
            this.roles.put(role.oid(), role);
        }
    }

    public long version() {
        return version;
    }

    public Collection<Schema> schemas() {
        return schemas.values();
    }

    public Collection<Relation> relations() {
        return relations.values();
    }

    public Collection<Role> roles() {
        return roles.values();
    }

    public @Nullable Schema schema(int oid) {
        return schemas.get(oid);
    }

    public @Nullable Schema findSchema(String name) {
        return schemasByName.get(name);
    }

    public @Nullable Relation relation(int oid) {
        return relations.get(oid);
    }

    public @Nullable Relation findRelation(int schemaOid, String name) {
        return relationsByName.get(new RelationName(schemaOid, name));
    }

    /** The table that has the index. */
    public @Nullable Table tableOfIndex(int indexOid) {
        return tablesByIndex.get(indexOid);
    }

    public @Nullable Table findTableOfIndex(int schemaOid, String indexName) {
        return tablesByIndexName.get(new RelationName(schemaOid, indexName));
    }

    /** The foreign keys that refer to a table, its own among them. */
    public List<Reference> referencesTo(int tableOid) {
        return references.getOrDefault(tableOid, List.of());
    }

    public @Nullable Role role(int oid) {
        return roles.get(oid);
    }

    public @Nullable Role findRole(String name) {
        for (Role role : roles.values()) {
            if (role.name().equals(name)) {
                return role;
            }
        }
        return null;
    }
}
