package dev.boreal.queryprocessor.function;

import java.util.function.Function;

/** A registered operator. */
record OperatorEntry(OperatorSignature signature, boolean strict, Function<CallTypes, ScalarFunction> body) {}
