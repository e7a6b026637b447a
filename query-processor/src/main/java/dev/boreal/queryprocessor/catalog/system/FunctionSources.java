package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** pg_proc, pg_aggregate, pg_cast, pg_language. */
final class FunctionSources {
    private static final int INTERNAL_LANGUAGE = 12;
    private static final float ROWS_OF_A_SET = 1000f;

    private FunctionSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_proc", FunctionSources::functions);
        sources.put("pg_catalog.pg_aggregate", FunctionSources::aggregates);
        sources.put("pg_catalog.pg_cast", FunctionSources::casts);
        sources.put("pg_catalog.pg_language", FunctionSources::languages);
    }

    private static void typeFunctions(Sheet sheet) {
        for (BuiltinNames.TypeFunction function : BuiltinNames.INSTANCE.typeFunctions()) {
            if (FunctionRegistry.function(function.oid()) == null) {
                int[] arguments = function.argumentTypes().stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                sheet.row()
                        .set("oid", function.oid())
                        .set("proname", function.name())
                        .set("pronamespace", Schema.PG_CATALOG)
                        .set("proowner", Role.BOOTSTRAP)
                        .set("prolang", INTERNAL_LANGUAGE)
                        .set("procost", 1f)
                        .set("prokind", "f")
                        .set("proisstrict", true)
                        .set("provolatile", function.volatility())
                        .set("proparallel", "s")
                        .set("pronargs", arguments.length)
                        .set("prorettype", function.returnType())
                        .set("proargtypes", Vectors.oidVector(arguments))
                        .set("prosrc", function.name());
            }
        }
    }

    private static void functions(EvaluationContext context, Sheet sheet) {
        typeFunctions(sheet);
        for (FunctionSignature function : FunctionRegistry.functions()) {
            List<SqlType> arguments = function.argumentTypes();
            int[] types = new int[arguments.size()];
            for (int i = 0; i < types.length; i++) {
                types[i] = arguments.get(i).oid();
            }
            sheet.row()
                    .set("oid", function.oid())
                    .set("proname", function.name())
                    .set("pronamespace", schema(context, function))
                    .set("proowner", Role.BOOTSTRAP)
                    .set("prolang", INTERNAL_LANGUAGE)
                    .set("procost", 1f)
                    .set("prorows", function.returnsSet() ? ROWS_OF_A_SET : 0f)
                    .set("provariadic", function.variadic() ? variadicElement(arguments) : 0)
                    .set("prokind", kind(function))
                    .set("proisstrict", function.strict())
                    .set("proretset", function.returnsSet())
                    .set("provolatile", volatility(function))
                    .set("proparallel", "s")
                    .set("pronargs", types.length)
                    .set("pronargdefaults", function.defaults().size())
                    .set("prorettype", function.returnType().oid())
                    .set("proargtypes", Vectors.oidVector(types))
                    .set("prosrc", function.name());
            if (!function.outputColumns().isEmpty()) {
                fillOutput(function, types, sheet);
            } else {
                sheet.set("proargnames", names(function));
            }
        }
    }

    private static int schema(EvaluationContext context, FunctionSignature function) {
        Schema schema = context.catalog().findSchema(function.schema());
        return schema == null ? Schema.PG_CATALOG : schema.oid();
    }

    private static int variadicElement(List<SqlType> arguments) {
        SqlType last = arguments.getLast();
        if (last.oid() == TypeRegistry.ANY.oid()) {
            return last.oid();
        }
        if (last.oid() == TypeRegistry.ANYARRAY.oid()) {
            return TypeRegistry.ANYELEMENT.oid();
        }
        SqlType element = TypeRegistry.elementOf(last);
        return element == null ? last.oid() : element.oid();
    }

    private static @Nullable SqlArray names(FunctionSignature function) {
        List<String> names = new ArrayList<>();
        boolean named = false;
        for (String name : function.argumentNames()) {
            names.add(name == null ? "" : name);
            named |= name != null;
        }
        return named ? Vectors.texts(names) : null;
    }

    private static void fillOutput(FunctionSignature function, int[] inputs, Sheet sheet) {
        int outputs = function.outputColumns().size();
        int[] types = new int[inputs.length + outputs];
        List<String> names = new ArrayList<>();
        Object[] modes = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (i < inputs.length) {
                types[i] = inputs[i];
                modes[i] = "i";
                String name = i < function.argumentNames().size()
                        ? function.argumentNames().get(i)
                        : null;
                names.add(name == null ? "" : name);
            } else {
                FunctionSignature.OutputColumn column = function.outputColumns().get(i - inputs.length);
                types[i] = column.type().oid();
                modes[i] = "o";
                names.add(column.name());
            }
        }
        sheet.set("proallargtypes", Vectors.array(TypeRegistry.OID.oid(), types))
                .set("proargmodes", SqlArray.of(TypeRegistry.CHAR.oid(), modes))
                .set("proargnames", Vectors.texts(names));
    }

    private static String kind(FunctionSignature function) {
        return switch (function.kind()) {
            case FUNCTION -> "f";
            case AGGREGATE -> "a";
            case WINDOW -> "w";
        };
    }

    private static String volatility(FunctionSignature function) {
        return switch (function.volatility()) {
            case IMMUTABLE -> "i";
            case STABLE -> "s";
            case VOLATILE -> "v";
        };
    }

    private static void aggregates(EvaluationContext context, Sheet sheet) {
        for (FunctionSignature function : FunctionRegistry.functions()) {
            if (function.kind() == FunctionSignature.Kind.AGGREGATE) {
                sheet.row()
                        .set("aggfnoid", function.oid())
                        .set("aggkind", function.hypothetical() ? "h" : function.orderedSet() ? "o" : "n")
                        .set("aggnumdirectargs", function.directArguments())
                        .set("aggfinalmodify", "r")
                        .set("aggmfinalmodify", "r");
            }
        }
    }

    private static void casts(EvaluationContext context, Sheet sheet) {
        int number = 10000;
        for (FunctionRegistry.Cast cast : FunctionRegistry.casts()) {
            sheet.row()
                    .set("oid", number++)
                    .set("castsource", cast.source().oid())
                    .set("casttarget", cast.target().oid())
                    .set("castfunc", cast.functionOid())
                    .set("castcontext", String.valueOf(cast.context()))
                    .set("castmethod", String.valueOf(cast.method()));
        }
    }

    private static void languages(EvaluationContext context, Sheet sheet) {
        language(INTERNAL_LANGUAGE, "internal", false, sheet);
        language(14, "sql", true, sheet);
    }

    private static void language(int oid, String name, boolean trusted, Sheet sheet) {
        sheet.row()
                .set("oid", oid)
                .set("lanname", name)
                .set("lanowner", Role.BOOTSTRAP)
                .set("lanpltrusted", trusted);
    }
}
