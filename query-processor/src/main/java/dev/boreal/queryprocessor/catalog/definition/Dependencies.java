package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.Identifiers;
import java.util.ArrayList;
import java.util.List;

/** What depends on what, read off the catalog itself: no dependency is recorded twice. */
final class Dependencies {
    private final CatalogSnapshot catalog;
    private final CatalogNames names;

    /** @param automatic whether it goes without being asked for or told about */
    record Dependant(ObjectId id, boolean automatic) {}

    Dependencies(CatalogSnapshot catalog, CatalogNames names) {
        this.catalog = catalog;
        this.names = names;
    }

    List<Dependant> of(ObjectId id) {
        List<Dependant> found = new ArrayList<>();
        switch (id.kind()) {
            case SCHEMA -> ofSchema(id.oid(), found);
            case RELATION -> ofRelation(id.oid(), found);
            case INDEX -> ofIndex(id.oid(), found);
            case CONSTRAINT -> {
                if (find(id) instanceof Constraint.Unique unique) {
                    found.add(new Dependant(ObjectId.of(ObjectId.Kind.INDEX, unique.indexOid()), true));
                }
            }
            case COLUMN -> ofColumn(id, found);
            case DEFAULT -> {}
        }
        return found;
    }

    private Constraint find(ObjectId id) {
        if (catalog.relation(id.oid()) instanceof Table table) {
            for (Constraint constraint : table.constraints()) {
                if (constraint.oid() == id.part()) {
                    return constraint;
                }
            }
        }
        throw new IllegalArgumentException("no constraint " + id);
    }

    private void ofSchema(int oid, List<Dependant> found) {
        for (Relation relation : catalog.relations()) {
            boolean owned = relation instanceof Sequence sequence
                    && catalog.relation(sequence.ownedByTable()) instanceof Table owner
                    && owner.schemaOid() == oid;
            if (relation.schemaOid() == oid && !owned) {
                found.add(new Dependant(ObjectId.of(ObjectId.Kind.RELATION, relation.oid()), false));
            }
        }
    }

    private void ofRelation(int oid, List<Dependant> found) {
        addViews(oid, "", found);
        for (CatalogSnapshot.Reference reference : catalog.referencesTo(oid)) {
            if (reference.table().oid() != oid) {
                found.add(new Dependant(constraint(reference.table(), reference.key()), false));
            }
        }
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Sequence sequence && sequence.ownedByTable() == oid) {
                found.add(new Dependant(ObjectId.of(ObjectId.Kind.RELATION, sequence.oid()), true));
            }
        }
        if (catalog.relation(oid) instanceof Sequence sequence) {
            addDefaults(sequence, found);
        }
    }

    /** Views of a relation; of those, if {@code column} is not empty, the ones whose query has that word. */
    private void addViews(int oid, String column, List<Dependant> found) {
        for (View view : viewsOf(oid)) {
            if (column.isEmpty() || uses(view, column)) {
                found.add(new Dependant(ObjectId.of(ObjectId.Kind.RELATION, view.oid()), false));
            }
        }
    }

    /** Whether a view of the column's table has the column in its query. */
    static boolean uses(View view, String column) {
        return ExpressionText.mentions(view.querySql(), column) || ExpressionText.hasStar(view.querySql());
    }

    List<View> viewsOf(int oid) {
        List<View> views = new ArrayList<>();
        for (Relation relation : catalog.relations()) {
            if (relation instanceof View view && TableParts.contains(view.referencedRelations(), oid)) {
                views.add(view);
            }
        }
        return views;
    }

    private void addDefaults(Sequence sequence, List<Dependant> found) {
        Schema schema = catalog.schema(sequence.schemaOid());
        if (schema == null) {
            return;
        }
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                for (Column column : table.columns()) {
                    if (SequenceText.mentions(column.defaultSql(), schema.name(), sequence.name())) {
                        found.add(new Dependant(
                                new ObjectId(ObjectId.Kind.DEFAULT, table.oid(), column.number()), false));
                    }
                }
            }
        }
    }

    private void ofIndex(int oid, List<Dependant> found) {
        Table table = catalog.tableOfIndex(oid);
        if (table != null) {
            for (CatalogSnapshot.Reference reference : catalog.referencesTo(table.oid())) {
                if (reference.key().referencedIndex() == oid) {
                    found.add(new Dependant(constraint(reference.table(), reference.key()), false));
                }
            }
        }
    }

    private void ofColumn(ObjectId id, List<Dependant> found) {
        if (!(catalog.relation(id.oid()) instanceof Table table)) {
            return;
        }
        Column column = table.column(id.part());
        addViews(table.oid(), column.name(), found);
        for (Column other : table.columns()) {
            if (other.generatedStored() && ExpressionText.mentions(other.defaultSql(), column.name())) {
                found.add(new Dependant(new ObjectId(ObjectId.Kind.COLUMN, table.oid(), other.number()), false));
            }
        }
        for (CatalogSnapshot.Reference reference : catalog.referencesTo(table.oid())) {
            if (TableParts.contains(reference.key().referencedColumns(), column.number())) {
                boolean automatic = reference.table().oid() == table.oid()
                        && TableParts.contains(reference.key().columns(), column.number());
                found.add(new Dependant(constraint(reference.table(), reference.key()), automatic));
            }
        }
        for (Constraint constraint : table.constraints()) {
            if (uses(table, constraint, column)) {
                found.add(new Dependant(constraint(table, constraint), true));
            }
        }
        for (Index index : table.indexes()) {
            if (uses(index, column) && table.constraintOfIndex(index.oid()) == null) {
                found.add(new Dependant(ObjectId.of(ObjectId.Kind.INDEX, index.oid()), true));
            }
        }
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Sequence sequence
                    && sequence.ownedByTable() == table.oid()
                    && sequence.ownedByColumn() == column.number()) {
                found.add(new Dependant(ObjectId.of(ObjectId.Kind.RELATION, sequence.oid()), true));
            }
        }
    }

    static boolean uses(Index index, Column column) {
        if (TableParts.uses(index, column.number()) || ExpressionText.mentions(index.predicateSql(), column.name())) {
            return true;
        }
        for (Index.IndexColumn key : index.columns()) {
            if (ExpressionText.mentions(key.expressionSql(), column.name())) {
                return true;
            }
        }
        return false;
    }

    static boolean uses(Table table, Constraint constraint, Column column) {
        return switch (constraint) {
            case Constraint.Unique unique -> {
                Index index = table.findIndex(unique.indexOid());
                yield index != null && TableParts.uses(index, column.number());
            }
            case Constraint.Check check -> ExpressionText.mentions(check.conditionSql(), column.name());
            case Constraint.ForeignKey key -> TableParts.contains(key.columns(), column.number());
        };
    }

    static ObjectId constraint(Table table, Constraint constraint) {
        return new ObjectId(ObjectId.Kind.CONSTRAINT, table.oid(), constraint.oid());
    }

    /** The thing in words: {@code constraint c on table t}. */
    String describe(ObjectId id) {
        return switch (id.kind()) {
            case SCHEMA -> {
                Schema schema = catalog.schema(id.oid());
                yield "schema " + (schema == null ? id.oid() : Identifiers.quote(schema.name()));
            }
            case RELATION -> {
                Relation relation = catalog.relation(id.oid());
                yield relation == null ? "relation " + id.oid() : Definition.kindOf(relation) + " " + printed(id.oid());
            }
            case INDEX -> "index " + printed(id.oid());
            case CONSTRAINT -> "constraint " + Identifiers.quote(find(id).name()) + " on table " + printed(id.oid());
            case COLUMN -> "column " + columnName(id) + " of table " + printed(id.oid());
            case DEFAULT -> "default value for column " + columnName(id) + " of table " + printed(id.oid());
        };
    }

    private String printed(int oid) {
        String name = names.print(oid);
        return name == null ? Integer.toUnsignedString(oid) : name;
    }

    private String columnName(ObjectId id) {
        return catalog.relation(id.oid()) instanceof Table table
                ? Identifiers.quote(table.column(id.part()).name())
                : Integer.toString(id.part());
    }
}
