package dev.boreal.queryprocessor.function;

/** Which aggregates see rows with null arguments. In pg_proc no aggregate is strict: their transition functions are. */
final class AggregateStrictness {
    private AggregateStrictness() {}

    static boolean skipsNulls(FunctionSignature signature) {
        return switch (signature.name()) {
            case "array_agg",
                    "json_agg",
                    "jsonb_agg",
                    "json_object_agg",
                    "jsonb_object_agg",
                    "string_agg",
                    "rank",
                    "dense_rank",
                    "percent_rank",
                    "cume_dist",
                    "percentile_cont",
                    "percentile_disc" -> false;
            default -> !signature.argumentTypes().isEmpty();
        };
    }
}
