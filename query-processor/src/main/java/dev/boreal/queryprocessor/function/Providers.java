package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.catalog.system.CatalogFunctions;
import dev.boreal.queryprocessor.catalog.system.DescriptionFunctions;
import dev.boreal.queryprocessor.function.aggregate.Aggregates;
import dev.boreal.queryprocessor.function.aggregate.IntervalAggregates;
import dev.boreal.queryprocessor.function.array.ArrayFunctions;
import dev.boreal.queryprocessor.function.array.ArrayOperators;
import dev.boreal.queryprocessor.function.array.Series;
import dev.boreal.queryprocessor.function.format.TemplateFunctions;
import dev.boreal.queryprocessor.function.json.JsonAccess;
import dev.boreal.queryprocessor.function.json.JsonAggregates;
import dev.boreal.queryprocessor.function.json.JsonConstruction;
import dev.boreal.queryprocessor.function.json.JsonRecords;
import dev.boreal.queryprocessor.function.json.JsonbAccess;
import dev.boreal.queryprocessor.function.json.JsonbChange;
import dev.boreal.queryprocessor.function.number.FloatArithmetic;
import dev.boreal.queryprocessor.function.number.FloatFunctions;
import dev.boreal.queryprocessor.function.number.IntegerArithmetic;
import dev.boreal.queryprocessor.function.number.NumberCasts;
import dev.boreal.queryprocessor.function.number.NumericArithmetic;
import dev.boreal.queryprocessor.function.number.NumericFunctions;
import dev.boreal.queryprocessor.function.system.BackendFunctions;
import dev.boreal.queryprocessor.function.system.PrivilegeFunctions;
import dev.boreal.queryprocessor.function.system.RelationFunctions;
import dev.boreal.queryprocessor.function.system.ServerFunctions;
import dev.boreal.queryprocessor.function.system.SessionFunctions;
import dev.boreal.queryprocessor.function.text.BinaryFunctions;
import dev.boreal.queryprocessor.function.text.Concatenation;
import dev.boreal.queryprocessor.function.text.PatternOperators;
import dev.boreal.queryprocessor.function.text.RegexFunctions;
import dev.boreal.queryprocessor.function.text.StringFunctions;
import dev.boreal.queryprocessor.function.text.TextCasts;
import dev.boreal.queryprocessor.function.time.TimeCasts;
import dev.boreal.queryprocessor.function.time.TimeConstruction;
import dev.boreal.queryprocessor.function.time.TimeFunctions;
import dev.boreal.queryprocessor.function.time.TimeOperators;
import dev.boreal.queryprocessor.function.window.WindowFunctions;
import java.util.List;

/** The topics that {@link FunctionRegistry} is made of. A new topic is one more line. */
final class Providers {
    private Providers() {}

    static List<FunctionProvider> all() {
        return List.of(
                new IntegerArithmetic(),
                new TemplateFunctions(),
                new FloatArithmetic(),
                new FloatFunctions(),
                new NumberCasts(),
                new NumericArithmetic(),
                new StringFunctions(),
                new Concatenation(),
                new PatternOperators(),
                new RegexFunctions(),
                new BinaryFunctions(),
                new TextCasts(),
                new Aggregates(),
                new WindowFunctions(),
                new JsonAccess(),
                new JsonAggregates(),
                new JsonConstruction(),
                new JsonRecords(),
                new JsonbAccess(),
                new JsonbChange(),
                new CatalogFunctions(),
                new DescriptionFunctions(),
                new ArrayFunctions(),
                new ArrayOperators(),
                new Series(),
                new NumericFunctions(),
                new PrivilegeFunctions(),
                new RelationFunctions(),
                new ServerFunctions(),
                new SessionFunctions(),
                new BackendFunctions(),
                new TimeCasts(),
                new TimeConstruction(),
                new TimeFunctions(),
                new TimeOperators(),
                new IntervalAggregates());
    }
}
