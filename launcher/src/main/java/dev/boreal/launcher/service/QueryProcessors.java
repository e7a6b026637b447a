package dev.boreal.launcher.service;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlException;
import java.nio.file.Path;

/** The query processor that the server runs. */
public final class QueryProcessors {
    private QueryProcessors() {}

    public static SqlService create(Storage storage, Adjudicator adjudicator, Clock clock, Path spill) {
        return new Closed();
    }

    /** Refuses every session, as a server that is starting does. */
    private static final class Closed implements SqlService {
        @Override
        public Credential credential(String user) {
            return new Credential.None();
        }

        @Override
        public SqlSession open(SessionRequest request) {
            throw new SqlException("57P03", "the database system is starting up");
        }

        @Override
        public void cancel(int processId, int secretKey) {}
    }
}
