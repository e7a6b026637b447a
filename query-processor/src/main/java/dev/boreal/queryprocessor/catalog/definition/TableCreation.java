package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateTable;
import dev.boreal.queryprocessor.syntax.tree.TableElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE. */
final class TableCreation {
    private final Definition definition;
    private final List<Column> columns = new ArrayList<>();
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private final List<PendingConstraint> pending = new ArrayList<>();
    private final List<LikeCopy> copies = new ArrayList<>();

    /** A constraint with the column that it was written at. */
    private record PendingConstraint(
            Constraint constraint, @Nullable String column) {}

    TableCreation(Definition definition) {
        this.definition = definition;
    }

    String execute(CreateTable create) {
        requireSupported(create);
        Schema schema = definition.creationSchema(create.name());
        if (definition.names().findIn(schema.oid(), create.name().name()) != null) {
            if (create.ifNotExists()) {
                definition.noticeExists(
                        SqlState.DUPLICATE_TABLE, "relation \"" + create.name().name() + "\"");
                return create.commandTag();
            }
            throw error(SqlState.DUPLICATE_TABLE, "relation \"" + create.name().name() + "\" already exists");
        }
        for (TableElement element : create.elements()) {
            read(element, create.name().name());
        }
        requireDistinctColumns();
        build(create.name().name(), schema);
        return create.commandTag();
    }

    /** Makes a plain table of columns that are known already: CREATE TABLE AS. */
    static Table createPlain(Definition definition, QualifiedName name, List<Column> columns) {
        Schema schema = definition.creationSchema(name);
        definition.requireFreeName(schema, name.name());
        TableCreation creation = new TableCreation(definition);
        creation.columns.addAll(columns);
        creation.requireDistinctColumns();
        for (Column column : columns) {
            ColumnBuilder.requireUsableName(column.name());
        }
        return creation.build(name.name(), schema);
    }

    private static void requireSupported(CreateTable create) {
        if (create.persistence() == Persistence.TEMPORARY) {
            throw SqlException.notSupported("a temporary table");
        }
        if (!create.inherits().isEmpty()) {
            throw SqlException.notSupported("table inheritance");
        }
        if (create.partitionBy() != null || create.partitionOf() != null) {
            throw SqlException.notSupported("table partitioning");
        }
        if (create.ofType() != null) {
            throw SqlException.notSupported("a typed table");
        }
        String method = create.accessMethod();
        if (method != null && !method.equals("heap")) {
            throw error(SqlState.UNDEFINED_OBJECT, "access method \"" + method + "\" does not exist");
        }
        String tablespace = create.tablespace();
        if (tablespace != null && !tablespace.equals("pg_default")) {
            throw error(SqlState.UNDEFINED_OBJECT, "tablespace \"" + tablespace + "\" does not exist");
        }
        StorageParameters.require(create.options());
    }

    private void read(TableElement element, String tableName) {
        switch (element) {
            case TableElement.ColumnDefinition written -> {
                ColumnBuilder builder = new ColumnBuilder(definition, tableName, columns.size() + 1, written);
                columns.add(builder.column());
                builders.add(builder);
                for (Constraint constraint : builder.constraints()) {
                    pending.add(new PendingConstraint(constraint, written.name()));
                }
            }
            case TableElement.TableConstraint written -> pending.add(new PendingConstraint(written.constraint(), null));
            case TableElement.Like like -> {
                LikeCopy copy = new LikeCopy(definition, like, columns.size());
                columns.addAll(copy.columns());
                copies.add(copy);
            }
        }
    }

    private void requireDistinctColumns() {
        for (int i = 0; i < columns.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (columns.get(i).name().equals(columns.get(j).name())) {
                    throw error(
                            SqlState.DUPLICATE_COLUMN,
                            "column \"" + columns.get(i).name() + "\" specified more than once");
                }
            }
        }
    }

    private Table build(String name, Schema schema) {
        NameChooser names = new NameChooser(definition.catalog(), schema.oid());
        names.reserve(name);
        Table table = new Table(
                definition.newOid(),
                name,
                schema.oid(),
                definition.currentRole(),
                definition.newStorageId(),
                columns,
                List.of(),
                List.of(),
                null,
                null);
        List<Relation> sequences = new ArrayList<>();
        for (ColumnBuilder builder : builders) {
            builder.createSequence(table, schema, names);
            Sequence sequence = builder.sequence();
            if (sequence != null) {
                sequences.add(sequence);
            }
        }
        for (ColumnBuilder builder : builders) {
            table = TableParts.with(table, builder.complete(table));
        }
        for (LikeCopy copy : copies) {
            table = copy.addTo(table, schema, names, sequences);
        }
        table = addConstraints(table, names);
        for (Relation sequence : sequences) {
            definition.editor.put(sequence);
        }
        definition.editor.put(table);
        return table;
    }

    /** Keys first: a foreign key of the table to itself refers to them. */
    private Table addConstraints(Table created, NameChooser names) {
        ConstraintBuilder builder = new ConstraintBuilder(definition, names);
        Table table = created;
        for (int pass = 0; pass < 3; pass++) {
            for (PendingConstraint one : pending) {
                if (pass == passOf(one.constraint())) {
                    table = builder.add(table, one.constraint(), one.column()).table();
                }
            }
        }
        return table;
    }

    private static int passOf(Constraint constraint) {
        return switch (constraint) {
            case Constraint.PrimaryKey key -> 0;
            case Constraint.ForeignKey key -> 2;
            default -> 1;
        };
    }
}
