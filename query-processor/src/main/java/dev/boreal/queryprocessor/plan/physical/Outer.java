package dev.boreal.queryprocessor.plan.physical;

import org.jspecify.annotations.Nullable;

/** A row of an enclosing query, by the slot in which an execution finds it, and those further out. */
record Outer(Layout layout, int slot, @Nullable Outer next) {}
