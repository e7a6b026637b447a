package dev.boreal.queryprocessor.transaction;

import org.jspecify.annotations.Nullable;

/**
 * What was written under a key.
 *
 * @param value a value, {@link WriteBuffer#TOMBSTONE} or {@link WriteBuffer#ABSENT}
 * @param command counts the moments at which somebody began to read, see {@link WriteBuffer#openView}: this was written
 *     after so many of them
 * @param previous what it replaced, if somebody may still read that
 */
record Version(byte[] value, int command, @Nullable Version previous) {

    /** The newest of these versions that was written up to {@code asOf}, or null. */
    static @Nullable Version visible(@Nullable Version newest, int asOf) {
        Version version = newest;
        while (version != null && version.command() > asOf) {
            version = version.previous();
        }
        return version;
    }
}
