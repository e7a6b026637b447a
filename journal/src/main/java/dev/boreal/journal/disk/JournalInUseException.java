package dev.boreal.journal.disk;

import java.io.IOException;

/** Another process, or another journal of this one, has the directory open. */
public final class JournalInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public JournalInUseException(String directory, String holder) {
        super("the journal in " + directory + " is in use by process " + (holder.isEmpty() ? "unknown" : holder)
                + ": stop that one first, or give this one a directory of its own");
    }
}
