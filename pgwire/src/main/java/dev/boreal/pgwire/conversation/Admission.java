package dev.boreal.pgwire.conversation;

/** How many sessions there may be. Any thread may call. */
public interface Admission {

    /** Takes a place; false if none is left. */
    boolean enter();

    /** Gives the place back. */
    void leave();
}
