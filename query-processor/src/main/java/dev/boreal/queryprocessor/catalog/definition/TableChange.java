package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import java.util.ArrayList;
import java.util.List;

/** Changes of a table that move its rows. */
final class TableChange {
    private TableChange() {}

    /**
     * Puts a changed table into the catalog and copies the rows of the old one there: new storage ids, old ones given
     * back.
     */
    static Table rewrite(Definition definition, Table from, Table changed, List<TableRows.NewValue> newValues) {
        Table to = TableParts.elsewhere(definition, changed);
        definition.editor.put(to);
        definition.context.rows().rewrite(from, to, newValues);
        definition.purgeAll(from);
        return to;
    }

    /** Removes a constraint with the index that keeps it. Without its primary key the table gets row ids as keys. */
    static void removeConstraint(Definition definition, Table table, Constraint constraint) {
        Table changed = TableParts.withoutConstraint(table, constraint.oid());
        if (constraint instanceof Constraint.Unique unique) {
            Index index = table.findIndex(unique.indexOid());
            changed = TableParts.withoutIndex(changed, unique.indexOid());
            if (index != null && index.primary()) {
                rewrite(definition, table, changed, new ArrayList<>());
                return;
            }
            if (index != null) {
                definition.purge(index.storageId());
            }
        }
        if (constraint instanceof Constraint.ForeignKey key
                && definition.catalog().relation(key.referencedTable()) instanceof Table referenced) {
            definition.claim(referenced);
        }
        definition.editor.put(changed);
    }
}
