package dev.boreal.transport.link;

/** A door does not take this stream now; the message tells the opener why. */
public final class LinkRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public LinkRefusedException(String message) {
        super(message);
    }
}
