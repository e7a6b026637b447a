package dev.boreal.queryprocessor.function.json;

import org.jspecify.annotations.Nullable;

/** A step of a text[] path that leads into an array. */
final class JsonPathStep {
    private JsonPathStep() {}

    /** The index that a step means, null if it is no integer. */
    static @Nullable Integer index(String step) {
        int at = step.startsWith("-") || step.startsWith("+") ? 1 : 0;
        if (at == step.length() || step.length() > 10) {
            return null;
        }
        long value = 0;
        for (int i = at; i < step.length(); i++) {
            int digit = step.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            value = value * 10 + digit;
        }
        return (int) (step.startsWith("-") ? -value : value);
    }
}
