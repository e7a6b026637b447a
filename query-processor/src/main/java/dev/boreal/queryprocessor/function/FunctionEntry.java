package dev.boreal.queryprocessor.function;

/** A registered function. */
record FunctionEntry(FunctionSignature signature, FunctionBody body) {}
