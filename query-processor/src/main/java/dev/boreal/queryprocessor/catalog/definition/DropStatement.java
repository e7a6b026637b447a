package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Drop;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DROP of relations and schemas: finds what is meant, and leaves the rest to {@link Dropping}. */
final class DropStatement {
    private final Definition definition;

    DropStatement(Definition definition) {
        this.definition = definition;
    }

    String execute(Drop drop) {
        List<ObjectId> targets = new ArrayList<>();
        for (ObjectReference object : drop.objects()) {
            ObjectId target = switch (drop.kind()) {
                case TABLE, VIEW, SEQUENCE, INDEX -> relation(drop, object.name());
                case SCHEMA -> schema(drop, object.name().name());
                default -> absent(drop, object);
            };
            if (target != null && !targets.contains(target)) {
                targets.add(target);
            }
        }
        if (!targets.isEmpty()) {
            new Dropping(definition).drop(targets, drop.behavior());
        }
        return drop.commandTag();
    }

    /** Of kinds that cannot be created there is nothing to drop. */
    private @Nullable ObjectId absent(Drop drop, ObjectReference object) {
        String kind = drop.kind().sql().toLowerCase(Locale.ROOT);
        boolean nameable = switch (drop.kind()) {
            case TYPE, DOMAIN, MATERIALIZED_VIEW, FOREIGN_TABLE, EXTENSION, PUBLICATION, SUBSCRIPTION, SERVER -> true;
            default -> false;
        };
        if (!nameable) {
            throw SqlException.notSupported("DROP " + drop.kind().sql());
        }
        String message = kind + " \"" + object.name() + "\" does not exist";
        if (!drop.ifExists()) {
            throw error(SqlState.UNDEFINED_OBJECT, message);
        }
        definition.notice(message + ", skipping");
        return null;
    }

    private @Nullable ObjectId relation(Drop drop, QualifiedName name) {
        CatalogNames.Found found = definition.names().find(name);
        if (found == null) {
            missing(drop, name);
            return null;
        }
        requireKind(drop.kind(), found, name.name());
        if (found.relation() instanceof SystemTable) {
            throw error(
                    SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + name.name() + "\" is a system catalog");
        }
        return ObjectId.of(found.index() == null ? ObjectId.Kind.RELATION : ObjectId.Kind.INDEX, found.oid());
    }

    private void missing(Drop drop, QualifiedName name) {
        String schema = name.schema();
        boolean schemaMissing = schema != null && definition.catalog().findSchema(schema) == null;
        String message = schemaMissing
                ? "schema \"" + schema + "\" does not exist"
                : kindName(drop.kind()) + " \"" + name.name() + "\" does not exist";
        if (drop.ifExists()) {
            definition.notice(message + ", skipping");
        } else if (schemaMissing) {
            throw error(SqlState.INVALID_SCHEMA_NAME, message);
        } else {
            throw error(
                    drop.kind() == ObjectKind.INDEX ? SqlState.UNDEFINED_OBJECT : SqlState.UNDEFINED_TABLE, message);
        }
    }

    private static String kindName(ObjectKind kind) {
        return kind.sql().toLowerCase(Locale.ROOT);
    }

    private static void requireKind(ObjectKind asked, CatalogNames.Found found, String name) {
        ObjectKind kind = kindOf(found);
        if (kind != asked) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"" + name + "\" is not " + article(asked) + kindName(asked),
                    null,
                    "Use DROP " + kind.sql() + " to remove " + article(kind) + kindName(kind) + ".");
        }
    }

    private static String article(ObjectKind kind) {
        return kind == ObjectKind.INDEX ? "an " : "a ";
    }

    private static ObjectKind kindOf(CatalogNames.Found found) {
        if (found.index() != null) {
            return ObjectKind.INDEX;
        }
        Relation relation = found.relation();
        return switch (relation) {
            case Table table -> ObjectKind.TABLE;
            case SystemTable system -> ObjectKind.TABLE;
            case View view -> ObjectKind.VIEW;
            case Sequence sequence -> ObjectKind.SEQUENCE;
        };
    }

    private @Nullable ObjectId schema(Drop drop, String name) {
        Schema schema = definition.catalog().findSchema(name);
        if (schema == null) {
            if (drop.ifExists()) {
                definition.notice("schema \"" + name + "\" does not exist, skipping");
                return null;
            }
            throw error(SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
        }
        if (Definition.isSystem(schema)) {
            throw error(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop schema " + name + " because it is required by the database system");
        }
        return ObjectId.of(ObjectId.Kind.SCHEMA, schema.oid());
    }
}
