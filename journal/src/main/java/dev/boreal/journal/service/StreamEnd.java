package dev.boreal.journal.service;

/** Where live subscriptions hang, as their readers see it. Any thread may call. */
interface StreamEnd {
    /** Makes the subscription live if it has everything that may be told; its reader then has nothing left to do. */
    boolean join(Subscription subscription);

    /** Takes the subscription off the live ones; lets it {@link Subscription#fallBehind} if it was one. */
    void leave(Subscription subscription);

    /** Entries up to here may be told. */
    long durablePosition();
}
