package dev.boreal.controlplane.register;

/**
 * A lease that somebody keeps alive.
 *
 * @param id the number of the decree that began it
 * @param name what people call its owner
 * @param leaseNanos how long it lives without a sign of life
 */
public record Session(long id, String name, long leaseNanos) {}
