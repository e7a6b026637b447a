package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.DropBehavior;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Removes things with all that depends on them, or refuses to. */
final class Dropping {
    /** Lines of a detail, as PostgreSQL limits them. */
    private static final int MAXIMUM_LINES = 100;

    private final Definition definition;
    private final Dependencies dependencies;
    private final Set<ObjectId> doomed = new LinkedHashSet<>();

    /** Dependants that have to be asked for, with what each depends on. */
    private final List<Edge> edges = new ArrayList<>();

    private record Edge(ObjectId dependant, ObjectId on) {}

    Dropping(Definition definition) {
        this.definition = definition;
        this.dependencies = new Dependencies(definition.catalog(), definition.names());
    }

    void drop(List<ObjectId> targets, DropBehavior behavior) {
        doomed.addAll(targets);
        for (ObjectId target : targets) {
            requireIndependent(target);
            visit(target);
        }
        edges.removeIf(edge -> goesWithItsTable(edge.dependant()));
        if (!edges.isEmpty()) {
            if (behavior == DropBehavior.RESTRICT) {
                throw refusal(targets);
            }
            tell();
        }
        List<ObjectId> all = List.copyOf(doomed);
        removeParts(all, ObjectId.Kind.CONSTRAINT);
        for (ObjectId id : all) {
            if (id.kind() == ObjectId.Kind.INDEX) {
                removeIndex(id.oid());
            }
        }
        removeParts(all, ObjectId.Kind.DEFAULT);
        removeParts(all, ObjectId.Kind.COLUMN);
        for (ObjectId id : all) {
            Relation relation =
                    id.kind() == ObjectId.Kind.RELATION ? definition.catalog().relation(id.oid()) : null;
            if (relation != null) {
                removeRelation(relation);
            }
        }
        for (ObjectId id : all) {
            Schema schema =
                    id.kind() == ObjectId.Kind.SCHEMA ? definition.catalog().schema(id.oid()) : null;
            if (schema != null) {
                definition.editor.remove(schema);
            }
        }
    }

    private void visit(ObjectId id) {
        for (Dependencies.Dependant dependant : dependencies.of(id)) {
            if (doomed.add(dependant.id())) {
                if (!dependant.automatic()) {
                    edges.add(new Edge(dependant.id(), id));
                }
                visit(dependant.id());
            }
        }
    }

    private boolean goesWithItsTable(ObjectId id) {
        return id.isPart() && doomed.contains(ObjectId.of(ObjectId.Kind.RELATION, id.oid()));
    }

    /** What is a part of another thing goes only with that. */
    private void requireIndependent(ObjectId target) {
        CatalogSnapshot catalog = definition.catalog();
        if (target.kind() == ObjectId.Kind.INDEX) {
            Table table = catalog.tableOfIndex(target.oid());
            Constraint constraint = table == null ? null : table.constraintOfIndex(target.oid());
            if (table != null && constraint != null) {
                throw required(target, dependencies.describe(Dependencies.constraint(table, constraint)));
            }
        }
        if (target.kind() == ObjectId.Kind.RELATION
                && catalog.relation(target.oid()) instanceof Sequence sequence
                && catalog.relation(sequence.ownedByTable()) instanceof Table owner
                && owner.column(sequence.ownedByColumn()).identity() != Column.Identity.NONE) {
            ObjectId column = new ObjectId(ObjectId.Kind.COLUMN, owner.oid(), sequence.ownedByColumn());
            throw required(target, dependencies.describe(column));
        }
    }

    private RuntimeException required(ObjectId target, String by) {
        return error(
                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop " + dependencies.describe(target) + " because " + by + " requires it",
                null,
                "You can drop " + by + " instead.");
    }

    private RuntimeException refusal(List<ObjectId> targets) {
        List<String> lines = new ArrayList<>();
        for (Edge edge : edges) {
            lines.add(dependencies.describe(edge.dependant()) + " depends on " + dependencies.describe(edge.on()));
        }
        String message = targets.size() == 1
                ? "cannot drop " + dependencies.describe(targets.getFirst()) + " because other objects depend on it"
                : "cannot drop desired object(s) because other objects depend on them";
        return error(
                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                message,
                join(lines),
                "Use DROP ... CASCADE to drop the dependent objects too.");
    }

    private void tell() {
        List<String> lines = new ArrayList<>();
        for (Edge edge : edges) {
            lines.add("drop cascades to " + dependencies.describe(edge.dependant()));
        }
        if (lines.size() == 1) {
            definition.notice(lines.getFirst());
        } else {
            definition.notice(SqlError.notice("drop cascades to " + lines.size() + " other objects")
                    .withDetail(join(lines)));
        }
    }

    private static String join(List<String> lines) {
        if (lines.size() <= MAXIMUM_LINES) {
            return String.join("\n", lines);
        }
        return String.join("\n", lines.subList(0, MAXIMUM_LINES)) + "\nand " + (lines.size() - MAXIMUM_LINES)
                + " other objects (see server log for list)";
    }

    private void removeParts(List<ObjectId> all, ObjectId.Kind kind) {
        for (ObjectId id : all) {
            if (id.kind() == kind && !goesWithItsTable(id)) {
                removePart(id);
            }
        }
    }

    private void removePart(ObjectId id) {
        if (!(definition.catalog().relation(id.oid()) instanceof Table table)) {
            return;
        }
        switch (id.kind()) {
            case DEFAULT ->
                definition.editor.put(
                        TableParts.with(table, table.column(id.part()).withDefault(null)));
            case CONSTRAINT -> {
                for (Constraint constraint : table.constraints()) {
                    if (constraint.oid() == id.part()) {
                        TableChange.removeConstraint(definition, table, constraint);
                    }
                }
            }
            case COLUMN ->
                definition.editor.put(
                        TableParts.with(table, table.column(id.part()).asDropped()));
            default -> throw new IllegalArgumentException("no part: " + id);
        }
    }

    private void removeIndex(int oid) {
        Table table = definition.catalog().tableOfIndex(oid);
        if (table == null || doomed.contains(ObjectId.of(ObjectId.Kind.RELATION, table.oid()))) {
            return;
        }
        Index index = table.findIndex(oid);
        if (index != null && !index.primary()) {
            definition.purge(index.storageId());
            definition.editor.put(TableParts.withoutIndex(table, oid));
        }
    }

    private void removeRelation(Relation relation) {
        switch (relation) {
            case Table table -> {
                for (Constraint constraint : table.constraints()) {
                    if (constraint instanceof Constraint.ForeignKey key
                            && definition.catalog().relation(key.referencedTable()) instanceof Table referenced) {
                        definition.claim(referenced);
                    }
                }
                definition.purgeAll(table);
            }
            case Sequence sequence -> definition.purge(sequence.storageId());
            default -> {}
        }
        definition.editor.remove(relation);
    }
}
