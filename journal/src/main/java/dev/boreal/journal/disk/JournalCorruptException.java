package dev.boreal.journal.disk;

import java.io.IOException;

/**
 * The log is damaged in a place that had been durable, so that going on would lose acknowledged entries. The message is
 * for the person who has to decide; nothing was changed.
 */
public final class JournalCorruptException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * @param file path of the segment file
     * @param offset of the damaged byte range's start
     * @param reason what is wrong, a clause without a subject's name
     * @param lastGoodPosition the last entry before the damage
     */
    public JournalCorruptException(String file, long offset, String reason, long lastGoodPosition) {
        super("journal segment " + file + " is damaged at byte " + offset + ": " + reason
                + ". It was durable once, so this is no torn write, and nothing was changed."
                + " Restore the file from a backup or from another replica, and start again."
                + " Everything up to position " + lastGoodPosition + " is sound."
                + " To give up what follows the segment before this one, move this file and all with higher numbers"
                + " out of the directory; acknowledged transactions are lost then");
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }
}
