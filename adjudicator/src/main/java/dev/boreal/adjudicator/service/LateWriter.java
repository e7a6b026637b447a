package dev.boreal.adjudicator.service;

import dev.boreal.contracts.door.Journal;
import org.jspecify.annotations.Nullable;

/** Stands between the journal's conditional open and the adjudicator that it makes possible. */
final class LateWriter implements Journal.Writer {
    private volatile Journal.@Nullable Writer writer;

    void follow(JournaledAdjudicator adjudicator) {
        writer = adjudicator.writer();
    }

    @Override
    public void advanceRequested(long timestamp) {
        Journal.Writer now = writer;
        if (now != null) {
            now.advanceRequested(timestamp);
        }
    }
}
