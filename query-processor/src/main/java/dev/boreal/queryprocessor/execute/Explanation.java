package dev.boreal.queryprocessor.execute;

/** Where an operator describes itself for EXPLAIN. */
public interface Explanation {

    /** The node's name, as PostgreSQL calls it where it has one. */
    void node(String name);

    /** A property: {@code Filter}, {@code (abalance > 0)}. */
    void property(String name, String value);

    /** A plan that runs beside the inputs: {@code SubPlan 1}, {@code InitPlan 1}. */
    void subplan(String title, Operator plan);
}
