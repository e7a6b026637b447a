package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;

/** ALTER COLUMN TYPE: a rewrite, unless every value of the old type is one of the new as it stands. */
final class ColumnTypeChange {
    private final Definition definition;

    ColumnTypeChange(Definition definition) {
        this.definition = definition;
    }

    void execute(Table table, AlterTable.SetType set) {
        Column before = new ColumnAlteration(definition).require(table, set.column());
        TypeResolver.ResolvedType type = definition.context.types().resolve(set.type());
        requireUnused(table, before);
        Column after = before.withType(type.type(), type.typeModifier());
        after = after.withDefault(null);
        for (Index index : table.indexes()) {
            if (TableParts.uses(index, before.number())) {
                ConstraintBuilder.requireOrdered(type.type());
            }
        }
        String conversion = conversion(table, set, before, after);
        if (!before.generatedStored()) {
            after = after.withDefault(convertDefault(table, before, after));
        } else {
            after = after.withGenerated(before.defaultSql(), true);
        }
        if (before.missingField() == null && set.using() == null && sameValues(before, after)) {
            definition.editor.put(TableParts.with(table, after));
            return;
        }
        Table changed = TableParts.with(table, after.withMissingField(null));
        List<TableRows.NewValue> values = new ArrayList<>();
        values.add(new TableRows.NewValue(before.number(), conversion));
        TableChange.rewrite(definition, table, changed, values);
    }

    private void requireUnused(Table table, Column column) {
        Dependencies dependencies = new Dependencies(definition.catalog(), definition.names());
        for (View view : dependencies.viewsOf(table.oid())) {
            if (Dependencies.uses(view, column.name())) {
                throw error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot alter type of a column used by a view or rule",
                        "rule _RETURN on view " + definition.names().print(view.oid()) + " depends on column \""
                                + column.name() + "\"",
                        null);
            }
        }
        for (Column other : table.columns()) {
            if (other.generatedStored() && ExpressionText.mentions(other.defaultSql(), column.name())) {
                throw error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot alter type of a column used by a generated column",
                        "Column \"" + column.name() + "\" is used by generated column \"" + other.name() + "\".",
                        null);
            }
        }
    }

    private String conversion(Table table, AlterTable.SetType set, Column before, Column after) {
        Expression written = set.using();
        Expression value = written != null ? written : SqlParser.parseExpression(Identifiers.quote(before.name()));
        try {
            return definition
                    .context
                    .expressions()
                    .check(value, ExpressionChecker.Purpose.TYPE_CONVERSION, table, after)
                    .sql();
        } catch (SqlException failure) {
            String name = after.type().formatName(after.typeModifier());
            if (!failure.error().sqlState().equals(SqlState.DATATYPE_MISMATCH)) {
                throw failure;
            }
            throw written == null
                    ? error(
                            SqlState.DATATYPE_MISMATCH,
                            "column \"" + before.name() + "\" cannot be cast automatically to type " + name,
                            null,
                            "You might need to specify \"USING " + Identifiers.quote(before.name()) + "::" + name
                                    + "\".")
                    : error(
                            SqlState.DATATYPE_MISMATCH,
                            "result of USING clause for column \"" + before.name()
                                    + "\" cannot be cast automatically to type " + name,
                            null,
                            "You might need to add an explicit cast.");
        }
    }

    private @org.jspecify.annotations.Nullable String convertDefault(Table table, Column before, Column after) {
        String sql = before.defaultSql();
        if (sql == null) {
            return null;
        }
        try {
            return definition
                    .context
                    .expressions()
                    .check(SqlParser.parseExpression(sql), ExpressionChecker.Purpose.DEFAULT, table, after)
                    .sql();
        } catch (SqlException failure) {
            if (!failure.error().sqlState().equals(SqlState.DATATYPE_MISMATCH)) {
                throw failure;
            }
            throw error(
                    SqlState.DATATYPE_MISMATCH,
                    "default for column \"" + before.name() + "\" cannot be cast automatically to type "
                            + after.type().formatName(after.typeModifier()));
        }
    }

    private static boolean sameValues(Column before, Column after) {
        if (before.type().oid() == after.type().oid()) {
            boolean widerText = before.type().name().equals("varchar")
                    && before.typeModifier() >= 0
                    && after.typeModifier() >= before.typeModifier();
            return after.typeModifier() == before.typeModifier()
                    || after.typeModifier() < 0 && isText(before)
                    || widerText;
        }
        return isText(before) && after.type().name().equals("text")
                || before.type().name().equals("text")
                        && after.type().name().equals("varchar")
                        && after.typeModifier() < 0;
    }

    private static boolean isText(Column column) {
        return column.type().name().equals("varchar") || column.type().name().equals("text");
    }
}
