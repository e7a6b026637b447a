package dev.boreal.queryprocessor.copy;

import dev.boreal.queryprocessor.type.InitialSettings;
import dev.boreal.queryprocessor.type.ObjectNames;

/** A session with default settings and no objects. */
record PlainContext() implements InitialSettings {
    @Override
    public long transactionTimestampMicros() {
        return 0;
    }

    @Override
    public ObjectNames names() {
        throw new UnsupportedOperationException("no objects here");
    }
}
