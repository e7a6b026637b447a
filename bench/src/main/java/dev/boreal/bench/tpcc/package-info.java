/**
 * A workload in the shape of TPC-C: nine tables with foreign keys and secondary indexes, five transactions, and the
 * specification's consistency conditions. Without its waiting times, so its figures are not TPC-C results.
 *
 * <p>Promises: a transaction that meets a conflict is run again with the same input until it commits or its tries are
 * used up; afterwards the data are checked.
 *
 * <p>Needs: a server that speaks PostgreSQL's protocol and SQL.
 *
 * <p>Never: counts a transaction that was given up. Orders that the specification has rolled back do count, as it says.
 *
 * <p>Invariants named by tests: the random inputs stay in the ranges that were loaded.
 */
@NullMarked
package dev.boreal.bench.tpcc;

import org.jspecify.annotations.NullMarked;
