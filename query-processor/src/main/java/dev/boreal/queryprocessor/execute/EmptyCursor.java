package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** No rows. */
final class EmptyCursor implements Operator.Cursor {
    static final EmptyCursor INSTANCE = new EmptyCursor();

    private EmptyCursor() {}

    @Override
    public @Nullable Object @Nullable [] next() {
        return null;
    }

    @Override
    public void close() {}
}
