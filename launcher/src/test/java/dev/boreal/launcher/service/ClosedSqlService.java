package dev.boreal.launcher.service;

import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlException;

/** Lets nobody in, for tests of what lies below SQL. */
final class ClosedSqlService implements SqlService, AutoCloseable {
    boolean closed;

    @Override
    public Credential credential(String user) {
        return new Credential.None();
    }

    @Override
    public SqlSession open(SessionRequest request) {
        throw new SqlException("57P03", "closed for tests");
    }

    @Override
    public void cancel(int processId, int secretKey) {}

    @Override
    public void close() {
        closed = true;
    }
}
