package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.TableElement.Like;
import dev.boreal.queryprocessor.syntax.tree.TableElement.LikeOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code LIKE source} in CREATE TABLE: columns, and of the rest what is included. */
final class LikeCopy {
    private final Definition definition;
    private final Like like;
    private final Relation source;
    private final List<Column> columns = new ArrayList<>();
    /** Attribute numbers of the source and what they became. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    LikeCopy(Definition definition, Like like, int columnsBefore) {
        this.definition = definition;
        this.like = like;
        CatalogNames.Found found = definition.names().require(like.source());
        if (found.index() != null || found.relation() instanceof Sequence) {
            throw Definition.error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "relation \"" + like.source().name() + "\" is invalid in LIKE clause",
                    like.position());
        }
        source = found.relation();
        for (Column column : source.columns()) {
            if (!column.dropped()) {
                int number = columnsBefore + columns.size() + 1;
                numbers.put(column.number(), number);
                columns.add(copy(column, number));
            }
        }
    }

    private boolean includes(LikeOption option) {
        return like.including().contains(option);
    }

    private Column copy(Column column, int number) {
        Column copy = Column.of(number, column.name(), column.type(), column.typeModifier())
                .withNotNull(column.notNull());
        if (column.generatedStored()) {
            if (includes(LikeOption.GENERATED)) {
                copy = copy.withGenerated(column.defaultSql(), true);
            }
        } else if (includes(LikeOption.DEFAULTS)) {
            copy = copy.withDefault(column.defaultSql());
        }
        return includes(LikeOption.COMMENTS) ? copy.withComment(column.comment()) : copy;
    }

    List<Column> columns() {
        return columns;
    }

    Table addTo(Table created, Schema schema, NameChooser names, List<Relation> sequences) {
        Table table = created;
        if (includes(LikeOption.IDENTITY)) {
            table = copyIdentities(table, schema, names, sequences);
        }
        if (source instanceof Table from) {
            if (includes(LikeOption.CONSTRAINTS)) {
                table = copyChecks(table, from);
            }
            if (includes(LikeOption.INDEXES)) {
                table = copyIndexes(table, from, names);
            }
        }
        return table;
    }

    private Table copyIdentities(Table created, Schema schema, NameChooser names, List<Relation> sequences) {
        Table table = created;
        for (Column column : source.columns()) {
            if (column.identity() == Column.Identity.NONE
                    || !(definition.catalog().relation(column.ownedSequenceOid()) instanceof Sequence original)) {
                continue;
            }
            Column target = table.column(numbers.getOrDefault(column.number(), 0));
            String name = names.relation(table.name(), target.name(), "seq");
            Sequence sequence = new Sequence(
                    definition.newOid(),
                    name,
                    schema.oid(),
                    table.ownerOid(),
                    definition.newStorageId(),
                    original.dataType(),
                    original.start(),
                    original.increment(),
                    original.minimum(),
                    original.maximum(),
                    original.cache(),
                    original.cycle(),
                    table.oid(),
                    target.number(),
                    null);
            sequences.add(sequence);
            table = TableParts.with(table, target.withIdentity(column.identity(), sequence.oid()));
        }
        return table;
    }

    private Table copyChecks(Table created, Table from) {
        Table table = created;
        for (Constraint constraint : from.constraints()) {
            if (constraint instanceof Constraint.Check check) {
                table = TableParts.with(
                        table, new Constraint.Check(definition.newOid(), check.name(), check.conditionSql(), true));
            }
        }
        return table;
    }

    private Table copyIndexes(Table created, Table from, NameChooser names) {
        Table table = created;
        for (Index index : from.indexes()) {
            List<Index.IndexColumn> keys = new ArrayList<>();
            List<String> nameParts = new ArrayList<>();
            for (Index.IndexColumn column : index.columns()) {
                int number = numbers.getOrDefault(column.columnNumber(), 0);
                keys.add(new Index.IndexColumn(
                        number, column.expressionSql(), column.descending(), column.nullsFirst()));
                nameParts.add(number == 0 ? "expr" : table.column(number).name());
            }
            int[] included = new int[index.includedColumns().length];
            for (int i = 0; i < included.length; i++) {
                included[i] = numbers.getOrDefault(index.includedColumns()[i], 0);
                nameParts.add(table.column(included[i]).name());
            }
            boolean constraint = from.constraintOfIndex(index.oid()) != null;
            String label = index.primary() ? "pkey" : constraint ? "key" : "idx";
            String part = index.primary() ? null : NameChooser.joined(nameParts);
            String name = constraint
                    ? names.constraintIndex(table.name(), part, label)
                    : names.relation(table.name(), part, label);
            Index copy = new Index(
                    definition.newOid(),
                    name,
                    index.primary() ? table.storageId() : definition.newStorageId(),
                    index.primary(),
                    index.unique(),
                    index.nullsNotDistinct(),
                    keys,
                    included,
                    index.predicateSql(),
                    Index.State.READY,
                    includes(LikeOption.COMMENTS) ? index.comment() : null);
            table = TableParts.with(table, copy);
            if (constraint) {
                table = TableParts.with(
                        table,
                        new Constraint.Unique(definition.newOid(), name, copy.oid(), copy.primary(), false, false));
            }
            if (index.primary()) {
                for (Index.IndexColumn key : keys) {
                    table = TableParts.with(
                            table, table.column(key.columnNumber()).withNotNull(true));
                }
            }
        }
        return table;
    }
}
