package dev.boreal.adjudicator.service;

/** Holds back answers until the clock has certainly passed their timestamps. */
interface CommitWait extends AutoCloseable {

    /** Something that waits for the clock to pass its timestamp. */
    interface Waiting {
        long timestamp();

        void onPassed();

        /** The wait was given up: the process closes, and the clock stands still or far behind. */
        void onGivenUp();
    }

    boolean isPassed(long timestamp);

    /** Any thread; timestamps should rise. */
    void add(Waiting waiting);

    /** Returns when everything that waited has been answered. */
    @Override
    void close();
}
