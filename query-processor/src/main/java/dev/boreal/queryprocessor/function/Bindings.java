package dev.boreal.queryprocessor.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where {@link FunctionProvider}s put bodies. Signatures, oids and properties stand in tables beside this class
 * ({@code functions.tsv}, {@code operators.tsv}, {@code casts.tsv}); a body is bound to a row by its signature in pg_type names:
 * {@code lower(text)}, {@code int4 + int4}, {@code - int4}, {@code int4 int8}. Several signatures of one body are separated by
 * a comma and a space. Functions that the tables do not have are {@linkplain #declare declared}. Not thread-safe.
 */
public final class Bindings {
    private final Map<String, FunctionBody> functions = new HashMap<>();
    private final Map<String, Function<CallTypes, ScalarFunction>> operators = new HashMap<>();
    private final Map<String, CastFunction> casts = new HashMap<>();
    private final List<FunctionEntry> declared = new ArrayList<>();

    Bindings() {}

    public Bindings scalar(String signatures, ScalarFunction body) {
        return scalarOf(signatures, types -> body);
    }

    /** A body that depends on the concrete types of the call. */
    public Bindings scalarOf(String signatures, Function<CallTypes, ScalarFunction> body) {
        return bind(signatures, FunctionBody.scalar(body));
    }

    public Bindings table(String signatures, TableFunction body) {
        return tableOf(signatures, types -> body);
    }

    public Bindings tableOf(String signatures, Function<CallTypes, TableFunction> body) {
        return bind(signatures, FunctionBody.table(body));
    }

    public Bindings aggregate(String signatures, AggregateFunction body) {
        return aggregateOf(signatures, types -> body);
    }

    public Bindings aggregateOf(String signatures, Function<CallTypes, AggregateFunction> body) {
        return bind(signatures, FunctionBody.aggregate(body));
    }

    public Bindings window(String signatures, WindowFunction body) {
        return bind(signatures, FunctionBody.window(types -> body));
    }

    public Bindings operator(String signatures, ScalarFunction body) {
        return operatorOf(signatures, types -> body);
    }

    public Bindings operatorOf(String signatures, Function<CallTypes, ScalarFunction> body) {
        for (String signature : signatures.split(", ", -1)) {
            if (operators.put(signature, body) != null) {
                throw new IllegalStateException("operator bound twice: " + signature);
            }
        }
        return this;
    }

    /** @param types source and target: {@code int4 int8} */
    public Bindings cast(String types, CastFunction body) {
        for (String pair : types.split(", ", -1)) {
            if (casts.put(pair, body) != null) {
                throw new IllegalStateException("cast bound twice: " + pair);
            }
        }
        return this;
    }

    /** A function that is in no table. */
    public Bindings declare(FunctionSignature signature, ScalarFunction body) {
        declared.add(new FunctionEntry(signature, FunctionBody.scalar(types -> body)));
        return this;
    }

    /** A set-returning function that is in no table. */
    public Bindings declareTable(FunctionSignature signature, TableFunction body) {
        declared.add(new FunctionEntry(signature, FunctionBody.table(types -> body)));
        return this;
    }

    private Bindings bind(String signatures, FunctionBody body) {
        for (String signature : signatures.split(", ", -1)) {
            if (functions.put(signature.replace(' ', ','), body) != null) {
                throw new IllegalStateException("function bound twice: " + signature);
            }
        }
        return this;
    }

    Map<String, FunctionBody> functions() {
        return functions;
    }

    Map<String, Function<CallTypes, ScalarFunction>> operators() {
        return operators;
    }

    Map<String, CastFunction> casts() {
        return casts;
    }

    List<FunctionEntry> declared() {
        return declared;
    }
}
