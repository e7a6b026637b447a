/**
 * The templates of {@code to_char}, {@code to_number}, {@code to_date} and {@code to_timestamp}.
 *
 * <p>Promises: every pattern that PostgreSQL documents prints and reads as it does there, in the locale {@code C}.
 *
 * <p>Needs: values taken apart by the callers, and the session's time zone.
 *
 * <p>Never: reads a clock or a locale of the machine.
 *
 * <p>Invariants named by tests: every line of the golden table of templates is what PostgreSQL answers.
 */
@NullMarked
package dev.boreal.queryprocessor.function.format;

import org.jspecify.annotations.NullMarked;
