package dev.boreal.queryprocessor.copy;

/** How COPY's rows look on the wire. */
public enum CopyFormat {
    TEXT,
    CSV,
    BINARY
}
