package dev.boreal.transport.proxy;

/** Which way bytes go. */
public enum Direction {
    /** From whoever connects to the one that listens behind the proxy. */
    THERE,
    /** Back to whoever connected. */
    BACK
}
