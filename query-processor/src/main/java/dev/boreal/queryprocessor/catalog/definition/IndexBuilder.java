package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateIndex;
import java.util.ArrayList;
import java.util.List;

/** CREATE INDEX. */
final class IndexBuilder {
    private final Definition definition;

    IndexBuilder(Definition definition) {
        this.definition = definition;
    }

    String execute(CreateIndex create) {
        Table table = definition.requireTable(create.table());
        Schema schema = definition.catalog().schema(table.schemaOid());
        if (schema == null) {
            throw new IllegalStateException("schema of " + table.name() + " is gone");
        }
        String given = create.name();
        if (given != null && definition.names().findIn(schema.oid(), given) != null) {
            if (create.ifNotExists()) {
                definition.noticeExists(SqlState.DUPLICATE_TABLE, "relation \"" + given + "\"");
                return create.commandTag();
            }
            throw error(SqlState.DUPLICATE_TABLE, "relation \"" + given + "\" already exists");
        }
        if (!create.accessMethod().equals("btree")) {
            throw SqlException.notSupported("access method \"" + create.accessMethod() + "\"");
        }
        Index index = define(create, table, schema);
        Table changed = TableParts.with(table, index);
        definition.editor.put(changed);
        definition.context.rows().buildIndex(changed, index);
        return create.commandTag();
    }

    private Index define(CreateIndex create, Table table, Schema schema) {
        List<Index.IndexColumn> columns = new ArrayList<>();
        List<String> nameParts = new ArrayList<>();
        for (IndexElement element : create.elements()) {
            columns.add(column(table, element));
            nameParts.add(distinct(nameParts, nameOf(element)));
        }
        int[] included = new int[create.including().size()];
        for (int i = 0; i < included.length; i++) {
            String name = create.including().get(i);
            included[i] = requireColumn(table, name).number();
            nameParts.add(distinct(nameParts, name));
        }
        Expression where = create.where();
        String predicate = where == null
                ? null
                : definition
                        .context
                        .expressions()
                        .check(where, ExpressionChecker.Purpose.INDEX_PREDICATE, table, null)
                        .sql();
        String name = create.name();
        if (name == null) {
            name = new NameChooser(definition.catalog(), schema.oid())
                    .relation(table.name(), NameChooser.joined(nameParts), "idx");
        }
        return new Index(
                definition.newOid(),
                name,
                definition.newStorageId(),
                false,
                create.unique(),
                create.nullsNotDistinct(),
                columns,
                included,
                predicate,
                Index.State.READY,
                null);
    }

    private Index.IndexColumn column(Table table, IndexElement element) {
        boolean descending = element.direction() == SortItem.Direction.DESCENDING;
        boolean nullsFirst =
                element.nulls() == SortItem.Nulls.FIRST || element.nulls() == SortItem.Nulls.DEFAULT && descending;
        String name = element.column();
        if (name != null) {
            Column column = requireColumn(table, name);
            ConstraintBuilder.requireOrdered(column.type());
            return new Index.IndexColumn(column.number(), null, descending, nullsFirst);
        }
        Expression expression = element.expression();
        if (expression == null) {
            throw new IllegalArgumentException("index element without column and expression");
        }
        ExpressionChecker.Checked checked = definition
                .context
                .expressions()
                .check(expression, ExpressionChecker.Purpose.INDEX_EXPRESSION, table, null);
        ConstraintBuilder.requireOrdered(checked.type());
        return new Index.IndexColumn(0, checked.sql(), descending, nullsFirst);
    }

    private static Column requireColumn(Table table, String name) {
        Column column = table.findColumn(name);
        if (column == null) {
            throw error(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
        }
        return column;
    }

    /** What an element gives to the index's name. */
    private static String nameOf(IndexElement element) {
        String column = element.column();
        return column != null ? column : nameOf(element.expression());
    }

    private static String nameOf(@org.jspecify.annotations.Nullable Expression expression) {
        return switch (expression) {
            case FunctionCall call -> call.name().name();
            case Expression.ColumnReference reference -> reference.name();
            case Expression.TypeCast cast -> {
                String operand = nameOf(cast.operand());
                yield operand.equals("expr") ? cast.type().name().name() : operand;
            }
            case Expression.Coalesce coalesce -> "coalesce";
            case Expression.NullIf nullIf -> "nullif";
            case Expression.Case when -> "case";
            case Expression.Collate collate -> nameOf(collate.operand());
            case null, default -> "expr";
        };
    }

    private static String distinct(List<String> taken, String name) {
        String candidate = name;
        for (int number = 1; taken.contains(candidate); number++) {
            candidate = name + number;
        }
        return candidate;
    }
}
