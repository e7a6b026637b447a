package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;

/** A CHECK constraint, compiled against the table's row. It fails if it is false; NULL passes. */
public record NamedCheck(String name, Scalar condition) {}
