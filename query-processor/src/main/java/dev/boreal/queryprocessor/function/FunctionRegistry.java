package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.function.SignatureTable.FunctionRow;
import dev.boreal.queryprocessor.function.SignatureTable.OperatorRow;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every function, operator and cast that Boreal has. Immutable once loaded, shared by all sessions. A topic joins it by an entry in
 * {@link Providers}.
 */
public final class FunctionRegistry {
    private static final FunctionRegistry REGISTRY = new FunctionRegistry(Providers.all());

    private final Map<String, List<FunctionEntry>> functionsByName = new HashMap<>();
    private final Map<Integer, FunctionSignature> functionsByOid = new TreeMap<>();
    private final Map<String, List<OperatorEntry>> operatorsBySymbol = new HashMap<>();
    private final Map<Integer, OperatorSignature> operatorsByOid = new TreeMap<>();
    private final Map<TypePair, Cast> casts = new HashMap<>();

    record TypePair(int source, int target) {}

    /**
     * A row of pg_cast.
     *
     * @param context {@code pg_cast.castcontext}: i, a or e
     * @param method {@code pg_cast.castmethod}: f, b or i
     */
    public record Cast(SqlType source, SqlType target, char context, char method, int functionOid, CastFunction body) {}

    private FunctionRegistry(List<FunctionProvider> providers) {
        Bindings bindings = new Bindings();
        for (FunctionProvider provider : providers) {
            provider.register(bindings);
        }
        Map<Integer, FunctionRow> rowsByOid = new HashMap<>();
        for (FunctionRow row : SignatureTable.functions()) {
            rowsByOid.put(row.signature().oid(), row);
            FunctionBody body = bindings.functions().remove(row.key());
            if (body != null) {
                add(new FunctionEntry(row.signature(), body));
            }
        }
        for (FunctionEntry entry : bindings.declared()) {
            add(entry);
        }
        loadOperators(bindings, rowsByOid);
        loadCasts(bindings, rowsByOid);
        if (!bindings.functions().isEmpty()
                || !bindings.operators().isEmpty()
                || !bindings.casts().isEmpty()) {
            throw new IllegalStateException("no such signatures: "
                    + bindings.functions().keySet()
                    + bindings.operators().keySet()
                    + bindings.casts().keySet());
        }
    }

    private void add(FunctionEntry entry) {
        FunctionSignature signature = entry.signature();
        functionsByName
                .computeIfAbsent(signature.name(), name -> new ArrayList<>())
                .add(entry);
        functionsByOid.put(signature.oid(), signature);
    }

    private void loadOperators(Bindings bindings, Map<Integer, FunctionRow> rowsByOid) {
        for (OperatorRow row : SignatureTable.operators()) {
            Function<CallTypes, ScalarFunction> body = bindings.operators().remove(row.key());
            if (body == null) {
                body = Comparisons.bodyOf(row.signature());
            }
            if (body == null) {
                continue;
            }
            OperatorSignature signature = row.signature();
            FunctionRow function = rowsByOid.get(signature.functionOid());
            boolean strict = function == null || function.signature().strict();
            operatorsBySymbol
                    .computeIfAbsent(signature.symbol(), symbol -> new ArrayList<>())
                    .add(new OperatorEntry(signature, strict, body));
            operatorsByOid.put(signature.oid(), signature);
            if (function != null && !functionsByOid.containsKey(signature.functionOid())) {
                add(new FunctionEntry(function.signature(), FunctionBody.scalar(body)));
            }
        }
    }

    private void loadCasts(Bindings bindings, Map<Integer, FunctionRow> rowsByOid) {
        for (SignatureTable.CastRow row : SignatureTable.casts()) {
            CastFunction bound = bindings.casts()
                    .remove(row.source().name() + " " + row.target().name());
            CastFunction body = bound;
            if (body == null && row.method() == 'b') {
                body = CastFunction.IDENTITY;
            } else if (body == null && row.method() == 'i') {
                body = Casts.throughText(row.source(), row.target());
            }
            if (body == null) {
                continue;
            }
            CastFunction cast = body;
            casts.put(
                    new TypePair(row.source().oid(), row.target().oid()),
                    new Cast(row.source(), row.target(), row.context(), row.method(), row.functionOid(), cast));
            FunctionRow function = rowsByOid.get(row.functionOid());
            if (function != null
                    && !functionsByOid.containsKey(row.functionOid())
                    && function.signature().argumentTypes().size() == 1) {
                add(new FunctionEntry(function.signature(), FunctionBody.scalar(types -> (context, arguments) -> {
                    Object value = arguments[0];
                    return value == null ? null : cast.cast(context, value);
                })));
            }
        }
    }

    // What catalog tables and planners ask -----------------------------------------------------------------------

    /** All functions, by oid. */
    public static Collection<FunctionSignature> functions() {
        return Collections.unmodifiableCollection(REGISTRY.functionsByOid.values());
    }

    public static @Nullable FunctionSignature function(int oid) {
        return REGISTRY.functionsByOid.get(oid);
    }

    /** All overloads of a name, in any schema. */
    public static List<FunctionSignature> functionsNamed(String name) {
        List<FunctionSignature> signatures = new ArrayList<>();
        for (FunctionEntry entry : REGISTRY.functionsByName.getOrDefault(name, List.of())) {
            signatures.add(entry.signature());
        }
        return signatures;
    }

    /** All operators, by oid. */
    public static Collection<OperatorSignature> operators() {
        return Collections.unmodifiableCollection(REGISTRY.operatorsByOid.values());
    }

    public static @Nullable OperatorSignature operator(int oid) {
        return REGISTRY.operatorsByOid.get(oid);
    }

    public static List<OperatorSignature> operatorsNamed(String symbol) {
        List<OperatorSignature> signatures = new ArrayList<>();
        for (OperatorEntry entry : REGISTRY.operatorsBySymbol.getOrDefault(symbol, List.of())) {
            signatures.add(entry.signature());
        }
        return signatures;
    }

    /** All of pg_cast, in no order. */
    public static Collection<Cast> casts() {
        return Collections.unmodifiableCollection(REGISTRY.casts.values());
    }

    static List<FunctionEntry> entries(String name) {
        return REGISTRY.functionsByName.getOrDefault(name, List.of());
    }

    static List<OperatorEntry> operatorEntries(String symbol) {
        return REGISTRY.operatorsBySymbol.getOrDefault(symbol, List.of());
    }

    static @Nullable Cast cast(SqlType source, SqlType target) {
        return REGISTRY.casts.get(new TypePair(source.oid(), target.oid()));
    }
}
