package dev.boreal.transport.proxy;

/** What the network does to one direction now. Set by tests, read by loops. */
final class Condition {
    volatile long delayNanos;
    volatile boolean cut;
}
