package dev.boreal.queryprocessor.plan.relation;

/** One key of an order. */
public record SortKey(BoundExpression expression, boolean descending, boolean nullsFirst) {}
