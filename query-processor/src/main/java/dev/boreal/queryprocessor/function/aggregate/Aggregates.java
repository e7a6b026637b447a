package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.function.aggregate.FloatMoments.Form;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** The aggregates, but for those of json and interval. */
public final class Aggregates implements FunctionProvider {
    private static final String[] ORDERED_TYPES = {
        "int2", "int4", "int8", "oid", "float4", "float8", "numeric", "text", "bpchar", "anyarray"
    };
    private static final String[] TEMPORAL_TYPES = {"date", "time", "timetz", "timestamp", "timestamptz", "interval"};

    @Override
    public void register(Bindings bindings) {
        state(bindings, "count(), count(any)", CountAggregate::new);
        state(bindings, "sum(int2), sum(int4)", () -> new IntegerSum(IntegerSum.Form.BIGINT_SUM));
        state(bindings, "sum(int8)", () -> new IntegerSum(IntegerSum.Form.NUMERIC_SUM));
        state(bindings, "avg(int2), avg(int4), avg(int8)", () -> new IntegerSum(IntegerSum.Form.AVERAGE));
        state(bindings, "sum(numeric)", () -> new NumericSum(false));
        state(bindings, "avg(numeric)", () -> new NumericSum(true));
        state(bindings, "sum(float4)", () -> new FloatSum(true));
        state(bindings, "sum(float8)", () -> new FloatSum(false));
        state(bindings, "avg(float4), avg(float8)", () -> new FloatMoments(Form.AVERAGE));
        extremes(bindings, ORDERED_TYPES);
        extremes(bindings, TEMPORAL_TYPES);
        moments(bindings);
        regressions(bindings);
        folds(bindings);
        collections(bindings);
    }

    private static void state(Bindings bindings, String signatures, Supplier<AggregateFunction.State> state) {
        AggregateFunction function = state::get;
        bindings.aggregate(signatures, function);
    }

    private static void extremes(Bindings bindings, String[] types) {
        for (String type : types) {
            if (TypeRegistry.findByName(type) == null) {
                continue;
            }
            bindings.aggregateOf("min(" + type + ")", call -> extreme(call, -1));
            bindings.aggregateOf("max(" + type + ")", call -> extreme(call, 1));
        }
    }

    private static AggregateFunction extreme(CallTypes call, int sign) {
        SqlType type = call.argument(0);
        return () -> new Extreme(type, sign);
    }

    private static void moments(Bindings bindings) {
        moment(bindings, "var_pop", Form.VARIANCE_OF_POPULATION);
        moment(bindings, "var_samp", Form.VARIANCE_OF_SAMPLE);
        moment(bindings, "variance", Form.VARIANCE_OF_SAMPLE);
        moment(bindings, "stddev_pop", Form.DEVIATION_OF_POPULATION);
        moment(bindings, "stddev_samp", Form.DEVIATION_OF_SAMPLE);
        moment(bindings, "stddev", Form.DEVIATION_OF_SAMPLE);
    }

    private static void moment(Bindings bindings, String name, Form form) {
        for (String type : new String[] {"float4", "float8"}) {
            state(bindings, name + "(" + type + ")", () -> new FloatMoments(form));
        }
        for (String type : new String[] {"int2", "int4", "int8", "numeric"}) {
            state(bindings, name + "(" + type + ")", () -> new NumericMoments(form));
        }
    }

    private static void regressions(Bindings bindings) {
        regression(bindings, "regr_count", Regression.Form.COUNT);
        regression(bindings, "regr_sxx", Regression.Form.SXX);
        regression(bindings, "regr_syy", Regression.Form.SYY);
        regression(bindings, "regr_sxy", Regression.Form.SXY);
        regression(bindings, "regr_avgx", Regression.Form.AVERAGE_X);
        regression(bindings, "regr_avgy", Regression.Form.AVERAGE_Y);
        regression(bindings, "regr_r2", Regression.Form.R2);
        regression(bindings, "regr_slope", Regression.Form.SLOPE);
        regression(bindings, "regr_intercept", Regression.Form.INTERCEPT);
        regression(bindings, "covar_pop", Regression.Form.COVARIANCE_OF_POPULATION);
        regression(bindings, "covar_samp", Regression.Form.COVARIANCE_OF_SAMPLE);
        regression(bindings, "corr", Regression.Form.CORRELATION);
    }

    private static void regression(Bindings bindings, String name, Regression.Form form) {
        state(bindings, name + "(float8,float8)", () -> new Regression(form));
    }

    private static void folds(Bindings bindings) {
        fold(bindings, "bool_and(bool), every(bool)", (a, b) -> (Boolean) a && (Boolean) b);
        fold(bindings, "bool_or(bool)", (a, b) -> (Boolean) a || (Boolean) b);
        fold(bindings, "bit_and(int2), bit_and(int4)", (a, b) -> (Integer) a & (Integer) b);
        fold(bindings, "bit_or(int2), bit_or(int4)", (a, b) -> (Integer) a | (Integer) b);
        fold(bindings, "bit_xor(int2), bit_xor(int4)", (a, b) -> (Integer) a ^ (Integer) b);
        fold(bindings, "bit_and(int8)", (a, b) -> (Long) a & (Long) b);
        fold(bindings, "bit_or(int8)", (a, b) -> (Long) a | (Long) b);
        fold(bindings, "bit_xor(int8)", (a, b) -> (Long) a ^ (Long) b);
    }

    private static void fold(Bindings bindings, String signatures, BinaryOperator<Object> operation) {
        state(bindings, signatures, () -> new Fold(operation));
    }

    private static void collections(Bindings bindings) {
        state(bindings, "string_agg(text,text)", StringConcatenation::new);
        state(bindings, "string_agg(bytea,bytea)", BytesConcatenation::new);
        bindings.aggregateOf("array_agg(anynonarray)", call -> {
                    int elementOid = call.argument(0).oid();
                    return () -> new ArrayCollection(elementOid, false);
                })
                .aggregateOf("array_agg(anyarray)", call -> {
                    int elementOid = Objects.requireNonNull(TypeFamily.elementOf(call.argument(0)))
                            .oid();
                    return () -> new ArrayCollection(elementOid, true);
                })
                .aggregate("rank(any)", new Hypothetical.Body(Hypothetical.Form.RANK, List.of()))
                .aggregate("dense_rank(any)", new Hypothetical.Body(Hypothetical.Form.DENSE_RANK, List.of()))
                .aggregate("percent_rank(any)", new Hypothetical.Body(Hypothetical.Form.PERCENT_RANK, List.of()))
                .aggregate(
                        "cume_dist(any)", new Hypothetical.Body(Hypothetical.Form.CUMULATIVE_DISTRIBUTION, List.of()))
                .aggregateOf("mode(anyelement)", call -> orderedSet(OrderedSet.Form.MODE, call))
                .aggregateOf(
                        "percentile_cont(float8,float8), percentile_cont(_float8,float8)",
                        call -> orderedSet(OrderedSet.Form.CONTINUOUS, call))
                .aggregateOf(
                        "percentile_disc(float8,anyelement), percentile_disc(_float8,anyelement)",
                        call -> orderedSet(OrderedSet.Form.DISCRETE, call));
        if (TypeRegistry.findByName("interval") != null) {
            bindings.aggregateOf(
                    "percentile_cont(float8,interval), percentile_cont(_float8,interval)",
                    call -> orderedSet(OrderedSet.Form.CONTINUOUS, call));
        }
    }

    private static AggregateFunction orderedSet(OrderedSet.Form form, CallTypes call) {
        SqlType valueType = call.arguments().getLast();
        return () -> new OrderedSet(form, valueType, valueType.oid());
    }
}
