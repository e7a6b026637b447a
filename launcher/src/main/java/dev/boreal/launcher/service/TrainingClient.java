package dev.boreal.launcher.service;

import java.io.IOException;

/**
 * Makes a training run touch what a first user touches. Errors of statements do not matter to it.
 */
public final class TrainingClient {
    private static final int ROUNDS = 20;

    private static final String[] STATEMENTS = {
        "SELECT 1",
        "SELECT version()",
        "SHOW transaction_isolation",
        "CREATE TABLE training (id int PRIMARY KEY, name text NOT NULL, amount numeric(10,2) DEFAULT 0, at timestamptz)",
        "CREATE INDEX training_name ON training (name)",
        "INSERT INTO training VALUES (1, 'one', 1.5, now()), (2, 'two', 2.5, NULL), (3, 'three', 3.5, now())",
        "SELECT * FROM training WHERE id = 2",
        "SELECT name, count(*), sum(amount) FROM training GROUP BY name ORDER BY name LIMIT 10",
        "SELECT a.id, b.name FROM training a JOIN training b ON a.id = b.id WHERE a.amount > 1",
        "UPDATE training SET amount = amount + 1 WHERE id = 1",
        "DELETE FROM training WHERE id = 3",
        "BEGIN; UPDATE training SET name = 'uno' WHERE id = 1; ROLLBACK",
        "SELECT c.relname, n.nspname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON"
                + " n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') ORDER BY 1, 2",
        "DROP TABLE training"
    };

    private final int port;

    public TrainingClient(int port) {
        this.port = port;
    }

    /** Runs everything once, and the first statements a few times more. */
    public void run() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            try (SimpleClient client = SimpleClient.connect("127.0.0.1", port)) {
                converse(client);
            }
        }
    }

    private static void converse(SimpleClient client) throws IOException {
        for (String statement : STATEMENTS) {
            client.query(statement);
        }
    }
}
