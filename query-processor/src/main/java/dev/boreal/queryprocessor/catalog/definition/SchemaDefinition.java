package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateSchema;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** CREATE SCHEMA, and its ALTERs. */
final class SchemaDefinition {
    private static final String RESERVED_NAME = "42939";

    private final Definition definition;

    SchemaDefinition(Definition definition) {
        this.definition = definition;
    }

    String create(CreateSchema create) {
        RoleName authorization = create.authorization();
        Role owner = authorization == null
                ? definition.requireRole(definition.context.evaluation().currentUser())
                : definition.requireRole(authorization);
        String written = create.name();
        String name = written == null ? owner.name() : written;
        requireUsable(name);
        if (definition.catalog().findSchema(name) != null) {
            if (create.ifNotExists()) {
                definition.noticeExists(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\"");
                return create.commandTag();
            }
            throw exists(name);
        }
        definition.editor.put(new Schema(definition.newOid(), name, owner.oid(), null));
        List<String> path = new ArrayList<>(List.of(name));
        path.addAll(definition.context.evaluation().searchPath());
        for (Statement element : create.elements()) {
            Definitions.execute(element, new Definition(definition.context, path));
        }
        return create.commandTag();
    }

    private static void requireUsable(String name) {
        if (name.startsWith("pg_")) {
            throw error(
                    RESERVED_NAME,
                    "unacceptable schema name \"" + name + "\"",
                    "The prefix \"pg_\" is reserved for system schemas.",
                    null);
        }
    }

    private static SqlException exists(String name) {
        return error(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists");
    }

    private Schema requireChangeable(String name) {
        Schema schema = definition.names().requireSchema(name);
        if (Definition.isSystem(schema)) {
            throw error(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema " + name);
        }
        return schema;
    }

    void rename(String name, String newName) {
        Schema schema = requireChangeable(name);
        if (definition.catalog().findSchema(newName) != null) {
            throw exists(newName);
        }
        requireUsable(newName);
        Dependencies dependencies = new Dependencies(definition.catalog(), definition.names());
        List<Sequence> sequences = new ArrayList<>();
        for (Relation relation : definition.catalog().relations()) {
            if (relation.schemaOid() == schema.oid()) {
                if (!dependencies.viewsOf(relation.oid()).isEmpty()) {
                    throw SqlException.notSupported("renaming a schema whose relations a view uses");
                }
                if (relation instanceof Sequence sequence) {
                    sequences.add(sequence);
                }
            }
        }
        definition.editor.put(new Schema(schema.oid(), newName, schema.ownerOid(), schema.comment()));
        for (Sequence sequence : sequences) {
            new Renaming(definition).renameInDefaults(name, sequence.name(), newName, sequence.name());
        }
    }

    void changeOwner(String name, RoleName owner) {
        Schema schema = requireChangeable(name);
        definition.editor.put(new Schema(
                schema.oid(), schema.name(), definition.requireRole(owner).oid(), schema.comment()));
    }
}
