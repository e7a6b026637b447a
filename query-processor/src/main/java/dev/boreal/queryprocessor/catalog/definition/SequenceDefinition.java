package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SequenceOption;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.AlterSequence;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateSequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE and ALTER SEQUENCE. */
final class SequenceDefinition {
    private final Definition definition;

    SequenceDefinition(Definition definition) {
        this.definition = definition;
    }

    String create(CreateSequence create) {
        if (create.persistence() == Persistence.TEMPORARY) {
            throw SqlException.notSupported("a temporary sequence");
        }
        Schema schema = definition.creationSchema(create.name());
        String name = create.name().name();
        if (create.ifNotExists() && definition.names().findIn(schema.oid(), name) != null) {
            definition.noticeExists(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\"");
            return create.commandTag();
        }
        definition.requireFreeName(schema, name);
        SequenceOptions options = new SequenceOptions(definition, create.options());
        Sequence sequence = options.create(
                definition.newOid(), name, schema.oid(), definition.currentRole(), definition.newStorageId());
        definition.editor.put(owned(sequence, options.ownedBy));
        return create.commandTag();
    }

    String alter(AlterSequence alter) {
        CatalogNames.Found found = definition.names().find(alter.name());
        if (found == null && alter.ifExists()) {
            definition.notice("relation \"" + alter.name().name() + "\" does not exist, skipping");
            return alter.commandTag();
        }
        found = definition.requireChangeable(alter.name());
        if (found.index() != null || !(found.relation() instanceof Sequence sequence)) {
            throw error(SqlState.WRONG_OBJECT_TYPE, "\"" + alter.name().name() + "\" is not a sequence");
        }
        change(sequence, alter.options());
        return alter.commandTag();
    }

    /** A restarted sequence goes on under a new storage id, so that values taken ahead under the old one are void. */
    void change(Sequence before, List<SequenceOption> written) {
        SequenceOptions options = new SequenceOptions(definition, written);
        Sequence after = owned(options.change(before), options.ownedBy);
        if (options.restarts) {
            Long value = options.restartValue();
            after = restart(after, value == null ? after.start() : value);
        }
        definition.editor.put(after);
    }

    Sequence restart(Sequence sequence, long value) {
        definition.purge(sequence.storageId());
        Sequence moved = sequence.withStorage(definition.newStorageId());
        if (value != sequence.start()) {
            definition.context.sequences().restart(definition.context.transaction(), moved, value);
        }
        return moved;
    }

    private Sequence owned(Sequence sequence, @Nullable QualifiedName owner) {
        if (owner == null) {
            return sequence;
        }
        Table before = definition.catalog().relation(sequence.ownedByTable()) instanceof Table table ? table : null;
        if (before != null && before.column(sequence.ownedByColumn()).identity() != Column.Identity.NONE) {
            throw error(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot change ownership of identity sequence",
                    "Sequence \"" + sequence.name() + "\" is linked to table \"" + before.name() + "\".",
                    null);
        }
        int parts = owner.parts().size();
        if (parts == 1) {
            if (!owner.name().equals("none")) {
                throw error(
                        SqlState.SYNTAX_ERROR,
                        "invalid OWNED BY option",
                        null,
                        "Specify OWNED BY table.column or OWNED BY NONE.");
            }
            disown(before, sequence);
            return sequence.ownedBy(0, 0);
        }
        QualifiedName tableName = new QualifiedName(owner.parts().subList(0, parts - 1), owner.position());
        CatalogNames.Found found = definition.names().require(tableName);
        if (found.index() != null || !(found.relation() instanceof Table table)) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE, "sequence cannot be owned by relation \"" + tableName.name() + "\"");
        }
        if (table.ownerOid() != sequence.ownerOid()) {
            throw error(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "sequence must have same owner as table it is linked to");
        }
        if (table.schemaOid() != sequence.schemaOid()) {
            throw error(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "sequence must be in same schema as table it is linked to");
        }
        Column column = new ColumnAlteration(definition).require(table, owner.name());
        disown(before, sequence);
        return sequence.ownedBy(table.oid(), column.number());
    }

    /** The column forgets the sequence that it owned. */
    private void disown(@Nullable Table before, Sequence sequence) {
        if (before != null) {
            Column column = before.column(sequence.ownedByColumn());
            if (column.ownedSequenceOid() == sequence.oid()) {
                definition.editor.put(TableParts.with(before, column.withIdentity(Column.Identity.NONE, 0)));
            }
        }
    }
}
