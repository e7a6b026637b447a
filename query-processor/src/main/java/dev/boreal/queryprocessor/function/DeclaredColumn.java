package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;

/** A column that a call declares for a function that returns record: {@code AS t(a int, b varchar(3))}. */
public record DeclaredColumn(String name, SqlType type, int typeModifier) {}
