package dev.boreal.launcher.service;

/** Hears how a start gets on, on the starting thread. */
public interface StartListener {
    StartListener SILENT = step -> {};

    /** A step begins that may take a while, in words for people. */
    void onStep(String step);
}
