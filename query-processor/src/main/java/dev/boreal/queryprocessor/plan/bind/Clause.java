package dev.boreal.queryprocessor.plan.bind;

/** Where an expression stands, which decides what it may hold. */
enum Clause {
    SELECT("SELECT", true, true, true),
    WHERE("WHERE", false, false, false),
    HAVING("HAVING", true, false, false),
    GROUP_BY("GROUP BY", false, false, true),
    ORDER_BY("ORDER BY", true, true, true),
    DISTINCT_ON("DISTINCT ON", true, true, true),
    LIMIT("LIMIT", false, false, false),
    OFFSET("OFFSET", false, false, false),
    JOIN("JOIN conditions", false, false, false),
    FROM_FUNCTION("functions in FROM", false, false, true),
    VALUES("VALUES", false, false, false),
    INSERT_VALUES("VALUES", false, false, true),
    UPDATE("UPDATE", false, false, false),
    RETURNING("RETURNING", false, false, false),
    WINDOW("window definitions", true, false, false),
    FILTER("FILTER", false, false, false),
    AGGREGATE("aggregate arguments", false, false, false),
    CHECK("check constraints", false, false, false),
    DEFAULT("DEFAULT expressions", false, false, false),
    ON_CONFLICT("ON CONFLICT", false, false, false);

    private final String text;
    private final boolean aggregates;
    private final boolean windows;
    private final boolean sets;

    Clause(String text, boolean aggregates, boolean windows, boolean sets) {
        this.text = text;
        this.aggregates = aggregates;
        this.windows = windows;
        this.sets = sets;
    }

    String text() {
        return text;
    }

    boolean allowsAggregates() {
        return aggregates;
    }

    boolean allowsWindows() {
        return windows;
    }

    boolean allowsSets() {
        return sets;
    }
}
