package dev.boreal.launcher.service;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.Storage;
import dev.boreal.queryprocessor.session.Database;
import dev.boreal.queryprocessor.session.DatabaseConfiguration;
import java.nio.file.Path;

/** The query processor of this process. */
public final class QueryProcessors {
    private QueryProcessors() {}

    public static SqlService create(Storage storage, Adjudicator adjudicator, Clock clock, Path spill) {
        return new Database(DatabaseConfiguration.inDirectory(spill), storage, adjudicator, clock);
    }
}
