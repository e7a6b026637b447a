package dev.boreal.journal.disk;

import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;

/** A segment was written in a format that this release does not read. */
public final class JournalVersionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int version;

    public JournalVersionException(String file, int version) {
        super("journal segment " + file + " has format version " + version + ", this release reads version "
                + SegmentHeader.VERSION + ": start the release that wrote it");
        this.version = version;
    }

    public int version() {
        return version;
    }
}
