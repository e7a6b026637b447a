package dev.boreal.journal.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment in use: its number, the index and the position that its first record and entry have or will have, and where
 * its records are.
 *
 * @param index grows while the segment is the last one
 */
record Segment(long number, long firstIndex, long firstPosition, PositionIndex index) {
    private static final Pattern FILE_NAME = Pattern.compile("(\\d{12,19})\\.segment");

    static String fileName(long number) {
        return "%012d.segment".formatted(number);
    }

    /** The number in a file's name, or -1 if it is not a segment's. */
    static long numberOf(String fileName) {
        Matcher matcher = FILE_NAME.matcher(fileName);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    String fileName() {
        return fileName(number);
    }
}
