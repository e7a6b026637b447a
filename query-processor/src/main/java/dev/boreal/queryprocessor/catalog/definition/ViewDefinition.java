package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.SqlPrinter;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CheckOption;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateView;
import java.util.ArrayList;
import java.util.List;

/** CREATE [OR REPLACE] VIEW. */
final class ViewDefinition {
    private final Definition definition;

    ViewDefinition(Definition definition) {
        this.definition = definition;
    }

    String create(CreateView create) {
        requireSupported(create);
        Schema schema = definition.creationSchema(create.name());
        String name = create.name().name();
        QueryAnalyzer.Analyzed analyzed = definition.context.queries().analyze(create.query());
        List<Column> columns = columns(create, analyzed);
        View before = replaced(create, schema);
        if (before != null) {
            requireCompatible(before, columns);
        }
        for (int oid : analyzed.referencedRelations()) {
            Relation relation = definition.catalog().relation(oid);
            if (relation != null) {
                definition.editor.rely(relation);
            }
        }
        definition.editor.put(new View(
                before == null ? definition.newOid() : before.oid(),
                name,
                schema.oid(),
                before == null ? definition.currentRole() : before.ownerOid(),
                columns,
                canonicalSql(analyzed.query()),
                analyzed.referencedRelations(),
                before == null ? null : before.comment()));
        return create.commandTag();
    }

    private String canonicalSql(Query query) {
        return SqlPrinter.PARENTHESES.print(
                QueryNames.qualify(query, definition.names(), definition.catalog()::schema));
    }

    private static void requireSupported(CreateView create) {
        if (create.persistence() == Persistence.TEMPORARY) {
            throw SqlException.notSupported("a temporary view");
        }
        if (create.checkOption() != CheckOption.NONE) {
            throw SqlException.notSupported("WITH CHECK OPTION");
        }
    }

    private @org.jspecify.annotations.Nullable View replaced(CreateView create, Schema schema) {
        String name = create.name().name();
        CatalogNames.Found found = definition.names().findIn(schema.oid(), name);
        if (found == null) {
            return null;
        }
        if (!create.orReplace()) {
            throw error(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
        if (found.index() == null && found.relation() instanceof View view) {
            return view;
        }
        throw error(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a view");
    }

    private static List<Column> columns(CreateView create, QueryAnalyzer.Analyzed analyzed) {
        if (create.columns().size() > analyzed.columns().size()) {
            throw error(SqlState.SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns");
        }
        List<Column> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (QueryAnalyzer.OutputColumn output : analyzed.columns()) {
            int at = columns.size();
            String name = at < create.columns().size() ? create.columns().get(at) : output.name();
            if (names.contains(name)) {
                throw error(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            names.add(name);
            columns.add(Column.of(at + 1, name, output.type(), output.typeModifier()));
        }
        return columns;
    }

    /** A replacement may only add columns at the end. */
    private static void requireCompatible(View before, List<Column> columns) {
        if (columns.size() < before.columns().size()) {
            throw error(SqlState.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
        }
        for (Column old : before.columns()) {
            Column now = columns.get(old.field());
            if (!old.name().equals(now.name())) {
                throw error(
                        SqlState.INVALID_TABLE_DEFINITION,
                        "cannot change name of view column \"" + old.name() + "\" to \"" + now.name() + "\"",
                        null,
                        "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            }
            if (old.type().oid() != now.type().oid() || old.typeModifier() != now.typeModifier()) {
                throw error(
                        SqlState.INVALID_TABLE_DEFINITION,
                        "cannot change data type of view column \"" + old.name() + "\" from "
                                + old.type().formatName(old.typeModifier()) + " to "
                                + now.type().formatName(now.typeModifier()));
            }
            columns.set(old.field(), now.withComment(old.comment()));
        }
    }
}
