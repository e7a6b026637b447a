package dev.boreal.launcher.role;

import dev.boreal.launcher.disk.StatusFile.Status;

/** What a process of some role is for, running. Any thread may ask how it is. */
interface Room extends AutoCloseable {

    /** How it fares; {@code ready} says whether it does what it is for. May wait a moment. */
    Status status(long nowMillis);

    @Override
    void close();
}
