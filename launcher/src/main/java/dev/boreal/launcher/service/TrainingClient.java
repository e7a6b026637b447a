package dev.boreal.launcher.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The least of a PostgreSQL client: sends simple queries and reads answers away. It makes a training run touch what a
 * first user touches. Errors of statements do not matter to it.
 */
public final class TrainingClient {
    private static final int PROTOCOL_3_0 = 3 << 16;
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
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                converse(socket);
            }
        }
    }

    private static void converse(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        byte[] parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream startup = new DataOutputStream(message);
        startup.writeInt(8 + parameters.length);
        startup.writeInt(PROTOCOL_3_0);
        startup.write(parameters);
        out.write(message.toByteArray());
        if (!readyForQuery(in)) {
            return;
        }
        for (String statement : STATEMENTS) {
            message.reset();
            DataOutputStream query = new DataOutputStream(message);
            byte[] text = (statement + "\0").getBytes(StandardCharsets.UTF_8);
            query.writeByte('Q');
            query.writeInt(4 + text.length);
            query.write(text);
            out.write(message.toByteArray());
            if (!readyForQuery(in)) {
                return;
            }
        }
        out.write(new byte[] {'X', 0, 0, 0, 4});
    }

    /** Reads up to ReadyForQuery; false if the server hung up. */
    private static boolean readyForQuery(DataInputStream in) throws IOException {
        while (true) {
            int kind = in.read();
            if (kind < 0) {
                return false;
            }
            in.skipNBytes(in.readInt() - 4L);
            if (kind == 'Z') {
                return true;
            }
        }
    }
}
