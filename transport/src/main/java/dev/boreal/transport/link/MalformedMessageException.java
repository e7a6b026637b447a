package dev.boreal.transport.link;

/** What arrived is not what this stream carries. Ends the stream with its message as the reason. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
