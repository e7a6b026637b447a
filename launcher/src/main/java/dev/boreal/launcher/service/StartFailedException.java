package dev.boreal.launcher.service;

/** The server did not start; nothing of it is left running. The message is for people and says what to do. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
