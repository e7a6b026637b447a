package dev.boreal.controlplane.disk;

import java.io.IOException;

/** A member's log is damaged where it had been durable. The message is for the person who has to decide; nothing was changed. */
public final class LogCorruptException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param file path of the file
     * @param offset of the damage
     * @param reason what is wrong, a clause
     */
    LogCorruptException(String file, long offset, String reason) {
        super(
                "the control plane's log " + file + " is damaged at byte " + offset + ": " + reason
                        + ". It was durable once, so this is no torn write, and nothing was changed."
                        + " A member that forgets what it promised can break the register, so it must not start from here."
                        + " Remove it from the control plane at another member, and add it under a new name with an empty directory");
    }
}
