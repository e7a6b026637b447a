package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.NameText;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that print definitions of the catalog as SQL: {@code pg_get_indexdef} and its kin. */
public final class CatalogFunctions implements FunctionProvider {

    @Override
    public void register(Bindings bindings) {
        bindings.scalar(
                "pg_get_expr(pg_node_tree,oid)",
                (context, arguments) -> text(context).expression((String) required(arguments[0]), false));
        bindings.scalar(
                "pg_get_expr(pg_node_tree,oid,bool)",
                (context, arguments) ->
                        text(context).expression((String) required(arguments[0]), (Boolean) required(arguments[2])));
        bindings.scalar("pg_get_indexdef(oid)", (context, arguments) -> index(context, oid(arguments), 0, false));
        bindings.scalar(
                "pg_get_indexdef(oid,int4,bool)",
                (context, arguments) -> index(
                        context, oid(arguments), (Integer) required(arguments[1]), (Boolean) required(arguments[2])));
        bindings.scalar(
                "pg_get_constraintdef(oid)", (context, arguments) -> constraint(context, oid(arguments), false));
        bindings.scalar(
                "pg_get_constraintdef(oid,bool)",
                (context, arguments) -> constraint(context, oid(arguments), (Boolean) required(arguments[1])));
        bindings.scalar(
                "pg_get_viewdef(oid), pg_get_viewdef(oid,bool), pg_get_viewdef(oid,int4)",
                (context, arguments) -> view(context, context.catalog().relation(oid(arguments))));
        bindings.scalar(
                "pg_get_viewdef(text), pg_get_viewdef(text,bool)",
                (context, arguments) -> view(
                        context,
                        names(context)
                                .require(NameText.parse((String) required(arguments[0])))
                                .relation()));
        bindings.scalar(
                "pg_get_ruledef(oid), pg_get_ruledef(oid,bool)", (context, arguments) -> rule(context, oid(arguments)));
        bindings.scalar(
                "pg_get_serial_sequence(text,text)",
                (context, arguments) ->
                        serialSequence(context, (String) required(arguments[0]), (String) required(arguments[1])));
        registerFunctionDefinitions(bindings);
        registerAbsent(bindings);
    }

    private static void registerFunctionDefinitions(Bindings bindings) {
        bindings.scalar("pg_get_function_result(oid)", (context, arguments) -> {
            FunctionSignature function = FunctionRegistry.function(oid(arguments));
            return function == null ? null : FunctionText.result(function);
        });
        bindings.scalar("pg_get_function_arguments(oid)", (context, arguments) -> {
            FunctionSignature function = FunctionRegistry.function(oid(arguments));
            return function == null ? null : FunctionText.arguments(context, function, true);
        });
        bindings.scalar("pg_get_function_identity_arguments(oid)", (context, arguments) -> {
            FunctionSignature function = FunctionRegistry.function(oid(arguments));
            return function == null ? null : FunctionText.arguments(context, function, false);
        });
        bindings.scalar("pg_get_functiondef(oid)", (context, arguments) -> {
            FunctionSignature function = FunctionRegistry.function(oid(arguments));
            return function == null ? null : FunctionText.definition(context, function);
        });
        bindings.scalar("pg_get_function_sqlbody(oid)", (context, arguments) -> null);
        bindings.scalar("pg_get_function_arg_default(oid,int4)", (context, arguments) -> null);
    }

    /** Of kinds of objects that Boreal does not have there is none to print. */
    private static void registerAbsent(Bindings bindings) {
        bindings.scalar(
                "pg_get_partkeydef(oid), pg_get_partition_constraintdef(oid), pg_get_statisticsobjdef(oid),"
                        + " pg_get_statisticsobjdef_columns(oid), pg_get_statisticsobjdef_expressions(oid),"
                        + " pg_get_triggerdef(oid), pg_get_triggerdef(oid,bool)",
                (context, arguments) -> null);
        bindings.scalar("pg_partition_root(regclass)", (context, arguments) -> null);
        bindings.table(
                "pg_partition_ancestors(regclass), pg_partition_tree(regclass)",
                (context, arguments) -> Collections.emptyIterator());
        bindings.scalar("pg_get_replica_identity_index(regclass)", (context, arguments) -> {
            Table table = context.catalog().relation(oid(arguments)) instanceof Table found ? found : null;
            Index primary = table == null ? null : table.primaryKey();
            return primary == null ? null : primary.oid();
        });
    }

    private static Object required(@Nullable Object argument) {
        if (argument == null) {
            throw new IllegalArgumentException("strict function called with NULL");
        }
        return argument;
    }

    private static int oid(@Nullable Object[] arguments) {
        return (Integer) required(arguments[0]);
    }

    private static CatalogNames names(EvaluationContext context) {
        return new CatalogNames(context.catalog(), context.searchPath());
    }

    private static DefinitionText text(EvaluationContext context) {
        return new DefinitionText(names(context));
    }

    private static @Nullable String index(EvaluationContext context, int oid, int column, boolean pretty) {
        Table table = context.catalog().tableOfIndex(oid);
        Index index = table == null ? null : table.findIndex(oid);
        if (table == null || index == null) {
            return null;
        }
        DefinitionText text = text(context);
        return column == 0 ? text.index(table, index, pretty) : text.indexColumn(table, index, column, pretty);
    }

    private static @Nullable String constraint(EvaluationContext context, int oid, boolean pretty) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table table) {
                for (Constraint constraint : table.constraints()) {
                    if (constraint.oid() == oid) {
                        return text(context).constraint(table, constraint, pretty);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String view(EvaluationContext context, @Nullable Relation relation) {
        if (relation instanceof View view) {
            return text(context).view(view);
        }
        return relation == null ? null : "Not a view";
    }

    private static @Nullable String rule(EvaluationContext context, int oid) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof View view && Oids.ofRule(view.oid()) == oid) {
                return "CREATE RULE \"_RETURN\" AS ON SELECT TO "
                        + text(context).printed(view) + " DO INSTEAD "
                        + text(context).view(view).strip();
            }
        }
        return null;
    }

    /** The sequence that a column owns, schema-qualified; the column's name is taken as it is, the table's is read as SQL. */
    private static @Nullable String serialSequence(EvaluationContext context, String tableName, String columnName) {
        CatalogNames names = names(context);
        CatalogNames.Found found = names.require(NameText.parse(tableName));
        Column column = null;
        for (Column candidate : found.relation().columns()) {
            if (!candidate.dropped() && candidate.name().equals(columnName)) {
                column = candidate;
            }
        }
        if (column == null) {
            throw new SqlException(
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + columnName + "\" of relation \""
                            + found.relation().name() + "\" does not exist");
        }
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Sequence sequence
                    && sequence.ownedByTable() == found.relation().oid()
                    && sequence.ownedByColumn() == column.number()) {
                return names.printQualified(new CatalogNames.Found(sequence, null));
            }
        }
        return null;
    }

    /** Functions in the words of pg_get_functiondef. */
    private static final class FunctionText {
        private FunctionText() {}

        static String result(FunctionSignature function) {
            List<FunctionSignature.OutputColumn> columns = function.outputColumns();
            String type = columns.size() == 1
                    ? columns.getFirst().type().formatName(-1)
                    : function.returnType().formatName(-1);
            return function.returnsSet() ? "SETOF " + type : type;
        }

        static String arguments(EvaluationContext context, FunctionSignature function, boolean whole) {
            StringBuilder out = new StringBuilder();
            List<SqlType> types = function.argumentTypes();
            int firstDefault = types.size() - function.defaults().size();
            for (int i = 0; i < types.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                if (function.variadic() && i == types.size() - 1) {
                    out.append("VARIADIC ");
                }
                String name = i < function.argumentNames().size()
                        ? function.argumentNames().get(i)
                        : null;
                if (name != null && !name.isEmpty()) {
                    out.append(Identifiers.quote(name)).append(' ');
                }
                out.append(types.get(i).formatName(-1));
                if (whole && i >= firstDefault) {
                    Object value = function.defaults().get(i - firstDefault);
                    out.append(" DEFAULT ").append(constant(context, types.get(i), value));
                }
            }
            if (whole) {
                for (FunctionSignature.OutputColumn column : function.outputColumns()) {
                    out.append(out.isEmpty() ? "OUT " : ", OUT ")
                            .append(Identifiers.quote(column.name()))
                            .append(' ')
                            .append(column.type().formatName(-1));
                }
            }
            return out.toString();
        }

        private static String constant(EvaluationContext context, SqlType type, Object value) {
            String text = type.format(value, context);
            return switch (type.category()) {
                case 'N' -> text;
                case 'B' -> value.equals(true) ? "true" : "false";
                default -> "'" + text.replace("'", "''") + "'::" + type.formatName(-1);
            };
        }

        static String definition(EvaluationContext context, FunctionSignature function) {
            return "CREATE OR REPLACE FUNCTION " + Identifiers.quote(function.schema()) + "."
                    + Identifiers.quote(function.name()) + "(" + arguments(context, function, true) + ")\n RETURNS "
                    + result(function) + "\n LANGUAGE internal\n " + function.volatility() + " PARALLEL SAFE"
                    + (function.strict() ? " STRICT" : "") + "\nAS $function$" + function.name() + "$function$\n";
        }
    }
}
