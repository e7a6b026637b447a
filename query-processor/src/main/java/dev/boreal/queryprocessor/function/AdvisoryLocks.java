package dev.boreal.queryprocessor.function;

/** The advisory locks of one session. Every call but {@link #claim} waits for commits of its own. One thread. */
public interface AdvisoryLocks {

    /**
     * What is locked: a number.
     *
     * @param pair whether the two halves were given apart, which makes it another lock than the whole
     */
    record Key(long number, boolean pair) {}

    /** Takes a lock for the session if nobody else has it. Locks taken several times are to be given back as often. */
    boolean tryLock(Key key);

    /** As {@link #tryLock}, waiting until it is free; 57014 when cancelled, 55P03 after lock_timeout. */
    void lock(Key key);

    /** Gives a lock back; false if the session has not got it. */
    boolean unlock(Key key);

    void unlockAll();

    /** Claims a lock for the transaction: of two concurrent ones that claim it, the later COMMIT fails with 40001. */
    void claim(Key key);
}
