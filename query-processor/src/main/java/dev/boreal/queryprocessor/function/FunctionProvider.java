package dev.boreal.queryprocessor.function;

/** Gives bodies to functions, operators and casts of one topic. */
public interface FunctionProvider {
    void register(Bindings bindings);
}
