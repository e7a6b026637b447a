package dev.boreal.queryprocessor.function;

/** The other sessions of this query processor, for functions that act on them. */
public interface Backends {

    /** Cancels what a session is running; false if there is no such session. */
    boolean cancel(int processId);

    /** Ends a session; false if there is no such session. Returns at once. */
    boolean terminate(int processId);
}
