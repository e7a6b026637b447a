package dev.boreal.launcher.service;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.Storage;
import java.nio.file.Path;

/** Makes the query processor out of the doors that it needs. */
public interface QueryProcessorFactory {

    /**
     * @param spill a directory for what does not fit into memory
     * @return closed at the end if it is {@link AutoCloseable}
     */
    SqlService create(Storage storage, Adjudicator adjudicator, Clock clock, Path spill);
}
