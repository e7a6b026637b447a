package dev.boreal.journal.disk;

/**
 * What was cut from the end of the log when it was opened: a write that a crash interrupted before its sync, hence
 * nothing that was ever acknowledged.
 *
 * @param file path of the segment file
 * @param offset where the log ends now
 * @param bytes how many bytes from there on were not zero-filled space
 * @param reason what was wrong with the first bad record
 */
public record TornTail(String file, long offset, long bytes, String reason) {}
