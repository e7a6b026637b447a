/**
 * json and jsonb: access, construction, change, aggregation.
 *
 * <p>Promises: json keeps the text it was given, jsonb its values.
 *
 * <p>Needs: the evaluation context for printing values of other types.
 *
 * <p>Never: keeps state between calls.
 *
 * <p>Invariants named by tests: every value of the golden table is what PostgreSQL answers.
 */
@NullMarked
package dev.boreal.queryprocessor.function.json;

import org.jspecify.annotations.NullMarked;
