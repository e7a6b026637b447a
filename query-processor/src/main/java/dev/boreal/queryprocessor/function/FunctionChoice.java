package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.CandidateChoice.Candidate;
import dev.boreal.queryprocessor.function.FunctionSignature.OutputColumn;
import dev.boreal.queryprocessor.type.RowType;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses a function (PostgreSQL, chapter 10.3). */
final class FunctionChoice {
    private FunctionChoice() {}

    static ResolvedFunction choose(@Nullable String schema, String name, List<SqlType> arguments, CallForm form) {
        List<Candidate<FunctionCandidate>> candidates = candidates(schema, name, arguments.size(), form);
        Candidate<FunctionCandidate> chosen = CandidateChoice.exact(candidates, arguments);
        if (chosen == null) {
            ResolvedFunction cast = asCast(schema, name, arguments, form);
            if (cast != null) {
                return cast;
            }
            List<Candidate<FunctionCandidate>> applicable = CandidateChoice.applicable(candidates, arguments);
            if (applicable.isEmpty()) {
                throw undefined(schema, name, arguments, form);
            }
            chosen = applicable.size() == 1 ? applicable.getFirst() : CandidateChoice.best(applicable, arguments);
            if (chosen == null) {
                throw ambiguous(schema, name, arguments, form);
            }
        }
        CallChecks.check(chosen.entry().entry().signature(), arguments.size(), form);
        return resolved(chosen.entry(), arguments, form);
    }

    private static List<Candidate<FunctionCandidate>> candidates(
            @Nullable String schema, String name, int argumentCount, CallForm form) {
        List<Candidate<FunctionCandidate>> candidates = new ArrayList<>();
        for (FunctionEntry entry : FunctionRegistry.entries(name)) {
            if (!inSchema(schema, entry.signature())) {
                continue;
            }
            FunctionCandidate candidate = FunctionCandidate.match(entry, argumentCount, form);
            if (candidate != null) {
                candidates.add(new Candidate<>(candidate, candidate.types()));
            }
        }
        return candidates;
    }

    private static boolean inSchema(@Nullable String schema, FunctionSignature signature) {
        return signature.schema().equals(schema == null ? "pg_catalog" : schema);
    }

    /** {@code typename(value)} means a cast where one exists that needs no text form, or where the value is a literal. */
    private static @Nullable ResolvedFunction asCast(
            @Nullable String schema, String name, List<SqlType> arguments, CallForm form) {
        if (arguments.size() != 1 || !form.equals(CallForm.PLAIN)) {
            return null;
        }
        SqlType target = TypeRegistry.findByName(name);
        if (target == null || target.category() == 'P' || (schema != null && !schema.equals("pg_catalog"))) {
            return null;
        }
        SqlType source = arguments.getFirst();
        CastFunction cast = Casts.find(source, target, Casts.Context.EXPLICIT);
        if (cast == null) {
            return null;
        }
        FunctionSignature signature = new FunctionSignature(
                0,
                "pg_catalog",
                name,
                FunctionSignature.Kind.FUNCTION,
                List.of(source),
                List.of(),
                List.of(),
                false,
                target,
                List.of(),
                true,
                FunctionSignature.Volatility.STABLE,
                false,
                false,
                false,
                0);
        ScalarFunction body = (context, values) -> {
            Object value = values[0];
            return value == null ? null : cast.cast(context, value);
        };
        return new ResolvedFunction(signature, arguments, target, true, body, null, null, null, List.of());
    }

    private static ResolvedFunction resolved(FunctionCandidate candidate, List<SqlType> arguments, CallForm form) {
        FunctionSignature signature = candidate.entry().signature();
        Polymorphism polymorphism = Polymorphism.of(candidate.types(), arguments);
        List<SqlType> concrete = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            SqlType type = polymorphism.concrete(candidate.types().get(i));
            concrete.add(TypeFamily.isAny(type) ? arguments.get(i) : type);
        }
        SqlType result = polymorphism.concreteResult(signature.returnType());
        List<OutputColumn> outputs = new ArrayList<>();
        for (OutputColumn column : signature.outputColumns()) {
            outputs.add(new OutputColumn(column.name(), polymorphism.concreteResult(column.type())));
        }
        result = outputs.size() > 1 ? rowOf(outputs) : result;
        ArgumentPacking packing = null;
        List<SqlType> bodyTypes = concrete;
        if (!candidate.direct()) {
            SqlType gathered = candidate.expanded() ? concrete.getLast() : null;
            packing = new ArgumentPacking(candidate, gathered);
            bodyTypes = new ArrayList<>();
            for (SqlType type : signature.argumentTypes()) {
                bodyTypes.add(polymorphism.concrete(type));
            }
            for (int i = 0; i < concrete.size(); i++) {
                if (!candidate.expanded() || candidate.parameterOf()[i] < bodyTypes.size() - 1) {
                    bodyTypes.set(candidate.parameterOf()[i], concrete.get(i));
                }
            }
        }
        return withBody(
                candidate, new CallTypes(bodyTypes, result, form.variadic()), packing, concrete, result, outputs);
    }

    private static SqlType rowOf(List<OutputColumn> outputs) {
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (OutputColumn output : outputs) {
            names.add(output.name());
            types.add(output.type());
        }
        return new RowType(names, types);
    }

    private static ResolvedFunction withBody(
            FunctionCandidate candidate,
            CallTypes types,
            @Nullable ArgumentPacking packing,
            List<SqlType> arguments,
            SqlType result,
            List<OutputColumn> outputs) {
        FunctionSignature signature = candidate.entry().signature();
        FunctionBody body = candidate.entry().body();
        ScalarFunction scalar = body.scalar() == null ? null : body.scalar().apply(types);
        TableFunction table = body.table() == null ? null : body.table().apply(types);
        if (packing != null) {
            scalar = scalar == null ? null : packing.scalar(scalar);
            table = table == null ? null : packing.table(table);
        }
        return new ResolvedFunction(
                signature,
                arguments,
                result,
                packing == null && skipsNulls(signature, body),
                scalar,
                table,
                body.aggregate() == null ? null : body.aggregate().apply(types),
                body.window() == null ? null : body.window().apply(types),
                outputs);
    }

    /** Window functions look at rows, not at arguments: they decide themselves. */
    private static boolean skipsNulls(FunctionSignature signature, FunctionBody body) {
        if (body.aggregate() != null) {
            return AggregateStrictness.skipsNulls(signature);
        }
        return signature.strict() && body.window() == null;
    }

    private static String describe(@Nullable String schema, String name, List<SqlType> arguments, CallForm form) {
        StringBuilder text = new StringBuilder();
        if (schema != null) {
            text.append(schema).append('.');
        }
        text.append(name).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            String argumentName =
                    form.argumentNames().isEmpty() ? null : form.argumentNames().get(i);
            if (argumentName != null) {
                text.append(argumentName).append(" => ");
            }
            text.append(arguments.get(i).formatName(-1));
        }
        return text.append(')').toString();
    }

    private static SqlException undefined(
            @Nullable String schema, String name, List<SqlType> arguments, CallForm form) {
        String hint = form.ordered() && !form.withinGroup() && arguments.size() > 1
                ? "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate."
                : "No function matches the given name and argument types. You might need to add explicit type casts.";
        return new SqlException(SqlError.error(
                        SqlState.UNDEFINED_FUNCTION,
                        "function " + describe(schema, name, arguments, form) + " does not exist")
                .withHint(hint));
    }

    private static SqlException ambiguous(
            @Nullable String schema, String name, List<SqlType> arguments, CallForm form) {
        return new SqlException(SqlError.error(
                        SqlState.AMBIGUOUS_FUNCTION,
                        "function " + describe(schema, name, arguments, form) + " is not unique")
                .withHint("Could not choose a best candidate function. You might need to add explicit type casts."));
    }
}
