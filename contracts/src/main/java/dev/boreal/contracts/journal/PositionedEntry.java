package dev.boreal.contracts.journal;

/**
 * A durable entry at its place. Positions of one journal are dense and start at 1.
 *
 * @param epoch the epoch of the writer that appended it
 */
public record PositionedEntry(long position, long epoch, JournalEntry entry) {}
