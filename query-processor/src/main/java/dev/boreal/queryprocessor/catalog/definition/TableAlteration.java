package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE and its kin: constraints and properties here, columns in {@link ColumnAlteration}. */
final class TableAlteration {
    private final Definition definition;

    TableAlteration(Definition definition) {
        this.definition = definition;
    }

    String execute(AlterTable alter) {
        CatalogNames.Found found = definition.names().find(alter.name());
        if (found == null && alter.ifExists()) {
            definition.notice("relation \"" + alter.name().name() + "\" does not exist, skipping");
            return alter.commandTag();
        }
        found = definition.requireChangeable(alter.name());
        requireKind(alter.kind(), found, alter.name().name());
        for (AlterTable.Action action : alter.actions()) {
            CatalogNames.Found now = definition.names().findByOid(found.oid());
            if (now != null) {
                apply(alter, now, action);
            }
        }
        return alter.commandTag();
    }

    /** ALTER TABLE takes any relation where PostgreSQL's does; the other kinds only their own. */
    static void requireKind(ObjectKind kind, CatalogNames.Found found, String name) {
        boolean right = switch (kind) {
            case INDEX -> found.index() != null;
            case VIEW -> found.index() == null && found.relation() instanceof View;
            case SEQUENCE -> found.index() == null && found.relation() instanceof Sequence;
            case TABLE -> true;
            default -> false;
        };
        if (!right) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"" + name + "\" is not " + (kind == ObjectKind.INDEX ? "an " : "a ")
                            + kind.sql().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void apply(AlterTable alter, CatalogNames.Found found, AlterTable.Action action) {
        Relation relation = found.relation();
        if (action instanceof AlterTable.ChangeOwner owner) {
            changeOwner(relation, definition.requireRole(owner.owner()).oid());
            return;
        }
        if (action instanceof AlterTable.SetOptions options && found.index() != null) {
            StorageParameters.require(options.options());
            return;
        }
        if (found.index() != null || !(relation instanceof Table table)) {
            if (relation instanceof View view && action instanceof AlterTable.SetDefault) {
                throw SqlException.notSupported("a default of a column of view \"" + view.name() + "\"");
            }
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "ALTER action cannot be performed on relation \""
                            + alter.name().name() + "\"",
                    "This operation is not supported for "
                            + (found.index() != null ? "indexes" : Definition.kindOf(relation) + "s") + ".",
                    null);
        }
        applyToTable(table, action);
    }

    private void changeOwner(Relation relation, int owner) {
        switch (relation) {
            case Table table -> {
                definition.editor.put(table.withOwner(owner));
                for (Relation other : List.copyOf(definition.catalog().relations())) {
                    if (other instanceof Sequence sequence && sequence.ownedByTable() == table.oid()) {
                        definition.editor.put(sequence.withOwner(owner));
                    }
                }
            }
            case View view -> definition.editor.put(view.withOwner(owner));
            case Sequence sequence -> definition.editor.put(sequence.withOwner(owner));
            case SystemTable system -> throw new IllegalArgumentException("a system table has no owner to change");
        }
    }

    private void applyToTable(Table table, AlterTable.Action action) {
        ColumnAlteration columns = new ColumnAlteration(definition);
        switch (action) {
            case AlterTable.AddColumn add -> columns.add(table, add);
            case AlterTable.DropColumn drop -> columns.drop(table, drop);
            case AlterTable.SetDefault set -> columns.setDefault(table, set);
            case AlterTable.SetNotNull set -> columns.setNotNull(table, set);
            case AlterTable.SetType set -> new ColumnTypeChange(definition).execute(table, set);
            case AlterTable.DropExpression drop -> columns.dropExpression(table, drop);
            case AlterTable.AddIdentity add -> columns.addIdentity(table, add);
            case AlterTable.SetIdentity set -> columns.setIdentity(table, set);
            case AlterTable.DropIdentity drop -> columns.dropIdentity(table, drop);
            case AlterTable.AddConstraint add -> addConstraint(table, add);
            case AlterTable.AlterConstraint alter -> alterConstraint(table, alter);
            case AlterTable.ValidateConstraint validate -> validate(table, validate.constraint());
            case AlterTable.DropConstraint drop -> dropConstraint(table, drop);
            case AlterTable.SetOptions options -> StorageParameters.require(options.options());
            case AlterTable.SetLogged logged -> requireLogged(logged);
            case AlterTable.ChangeOwner owner ->
                changeOwner(table, definition.requireRole(owner.owner()).oid());
            case AlterTable.SetStatistics set -> columns.require(table, set.column());
            case AlterTable.SetStorage set -> columns.require(table, set.column());
            case AlterTable.SetCompression set -> columns.require(table, set.column());
            case AlterTable.SetColumnOptions set -> columns.require(table, set.column());
            case AlterTable.SetTablespace set -> throw SqlException.notSupported("ALTER TABLE ... SET TABLESPACE");
            case AlterTable.AttachPartition attach -> throw SqlException.notSupported("table partitioning");
            case AlterTable.DetachPartition detach -> throw SqlException.notSupported("table partitioning");
            case AlterTable.UnsupportedAction unsupported ->
                throw SqlException.notSupported("ALTER TABLE ... " + unsupported.feature());
        }
    }

    private static void requireLogged(AlterTable.SetLogged action) {
        if (!action.logged()) {
            throw SqlException.notSupported("ALTER TABLE ... SET UNLOGGED");
        }
    }

    private void addConstraint(Table table, AlterTable.AddConstraint add) {
        addConstraint(definition, table, add.constraint(), null);
    }

    /** Adds a constraint, and sees to it that the rows satisfy it. */
    static void addConstraint(
            Definition definition,
            Table table,
            dev.boreal.queryprocessor.syntax.tree.Constraint written,
            @org.jspecify.annotations.Nullable String column) {
        NameChooser names = new NameChooser(definition.catalog(), table.schemaOid());
        ConstraintBuilder.Added added = new ConstraintBuilder(definition, names).add(table, written, column);
        Table changed = added.table();
        TableRows rows = definition.context.rows();
        switch (added.constraint()) {
            case Constraint.Unique unique
            when unique.primary() -> TableChange.rewrite(definition, table, changed, new ArrayList<>());
            case Constraint.Unique unique -> {
                definition.editor.put(changed);
                Index index = changed.findIndex(unique.indexOid());
                if (index != null && table.findIndex(unique.indexOid()) == null) {
                    rows.buildIndex(changed, index);
                }
            }
            case Constraint.Check check -> {
                definition.editor.put(changed);
                if (check.validated()) {
                    rows.requireCheck(changed, check);
                }
            }
            case Constraint.ForeignKey key -> {
                definition.editor.put(changed);
                if (key.validated()) {
                    rows.requireForeignKey(changed, key);
                }
            }
        }
    }

    private Constraint requireConstraint(Table table, String name) {
        Constraint constraint = table.findConstraint(name);
        if (constraint == null) {
            throw error(
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
        }
        return constraint;
    }

    private void alterConstraint(Table table, AlterTable.AlterConstraint alter) {
        Constraint constraint = requireConstraint(table, alter.constraint());
        if (!(constraint instanceof Constraint.ForeignKey key)) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "constraint \"" + alter.constraint() + "\" of relation \"" + table.name()
                            + "\" is not a foreign key constraint");
        }
        definition.editor.put(TableParts.with(
                table,
                new Constraint.ForeignKey(
                        key.oid(),
                        key.name(),
                        key.columns(),
                        key.referencedTable(),
                        key.referencedIndex(),
                        key.referencedColumns(),
                        key.onUpdate(),
                        key.onDelete(),
                        key.matchFull(),
                        alter.attributes().deferrable(),
                        alter.attributes().initiallyDeferred(),
                        key.validated(),
                        key.setColumns())));
    }

    private void validate(Table table, String name) {
        switch (requireConstraint(table, name)) {
            case Constraint.Check check
            when !check.validated() -> {
                Constraint.Check valid = new Constraint.Check(check.oid(), check.name(), check.conditionSql(), true);
                Table changed = TableParts.with(table, valid);
                definition.editor.put(changed);
                definition.context.rows().requireCheck(changed, valid);
            }
            case Constraint.ForeignKey key
            when !key.validated() -> {
                Constraint.ForeignKey valid = new Constraint.ForeignKey(
                        key.oid(),
                        key.name(),
                        key.columns(),
                        key.referencedTable(),
                        key.referencedIndex(),
                        key.referencedColumns(),
                        key.onUpdate(),
                        key.onDelete(),
                        key.matchFull(),
                        key.deferrable(),
                        key.initiallyDeferred(),
                        true,
                        key.setColumns());
                Table changed = TableParts.with(table, valid);
                definition.editor.put(changed);
                definition.context.rows().requireForeignKey(changed, valid);
            }
            case Constraint.Unique unique ->
                throw error(
                        SqlState.WRONG_OBJECT_TYPE,
                        "constraint \"" + name + "\" of relation \"" + table.name()
                                + "\" is not a foreign key or check constraint");
            default -> {}
        }
    }

    private void dropConstraint(Table table, AlterTable.DropConstraint drop) {
        Constraint constraint = table.findConstraint(drop.constraint());
        if (constraint == null && drop.ifExists()) {
            definition.notice("constraint \"" + drop.constraint() + "\" of relation \"" + table.name()
                    + "\" does not exist, skipping");
            return;
        }
        Constraint target = requireConstraint(table, drop.constraint());
        new Dropping(definition).drop(List.of(Dependencies.constraint(table, target)), drop.behavior());
    }

    /** The schema of a relation, which exists as long as the relation does. */
    static Schema schemaOf(Definition definition, Relation relation) {
        Schema schema = definition.catalog().schema(relation.schemaOid());
        if (schema == null) {
            throw new IllegalStateException("schema of " + relation.name() + " is gone");
        }
        return schema;
    }
}
