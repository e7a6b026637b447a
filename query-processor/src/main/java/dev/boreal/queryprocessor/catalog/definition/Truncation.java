package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.DropBehavior;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.Truncate;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TRUNCATE: every table goes on under new storage ids, and the old rows are given back whole. */
final class Truncation {
    private final Definition definition;

    Truncation(Definition definition) {
        this.definition = definition;
    }

    String execute(Truncate truncate) {
        Map<Integer, Table> tables = new LinkedHashMap<>();
        for (TableExpression.Table written : truncate.tables()) {
            Table table = definition.requireTable(written.name());
            tables.put(table.oid(), table);
        }
        if (truncate.behavior() == DropBehavior.CASCADE) {
            addReferencing(tables);
        }
        for (Table table : tables.values()) {
            requireUnreferenced(table, tables);
        }
        for (Table table : tables.values()) {
            definition.purgeAll(table);
            definition.editor.put(TableParts.elsewhere(definition, table).withStatistics(null));
            if (truncate.restartIdentity()) {
                restartSequences(table);
            }
        }
        return truncate.commandTag();
    }

    private void addReferencing(Map<Integer, Table> tables) {
        Deque<Table> open = new ArrayDeque<>(tables.values());
        while (!open.isEmpty()) {
            for (CatalogSnapshot.Reference reference :
                    definition.catalog().referencesTo(open.removeFirst().oid())) {
                Table referencing = reference.table();
                if (tables.putIfAbsent(referencing.oid(), referencing) == null) {
                    definition.notice("truncate cascades to table \"" + referencing.name() + "\"");
                    open.addLast(referencing);
                }
            }
        }
    }

    private void requireUnreferenced(Table table, Map<Integer, Table> tables) {
        for (CatalogSnapshot.Reference reference : definition.catalog().referencesTo(table.oid())) {
            String referencing = reference.table().name();
            if (!tables.containsKey(reference.table().oid())) {
                throw Definition.error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot truncate a table referenced in a foreign key constraint",
                        "Table \"" + referencing + "\" references \"" + table.name() + "\".",
                        "Truncate table \"" + referencing + "\" at the same time, or use TRUNCATE ... CASCADE.");
            }
        }
    }

    private void restartSequences(Table table) {
        for (Relation relation : List.copyOf(definition.catalog().relations())) {
            if (relation instanceof Sequence sequence && sequence.ownedByTable() == table.oid()) {
                definition.editor.put(new SequenceDefinition(definition).restart(sequence, sequence.start()));
            }
        }
    }
}
