package dev.boreal.launcher;

import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.service.QueryProcessorFactory;
import dev.boreal.launcher.service.QueryProcessors;
import dev.boreal.launcher.service.SingleProcess;
import dev.boreal.launcher.service.StartFailedException;
import dev.boreal.launcher.service.StartListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A whole server in this JVM, on a free port. */
public final class TestServer implements AutoCloseable {
    private static final long HEAP = 512L << 20;

    private final SingleProcess process;

    public TestServer(Path directory) throws StartFailedException {
        this(directory, Map.of());
    }

    /** @param settings those that differ from what tests usually take */
    public TestServer(Path directory, Map<String, String> settings) throws StartFailedException {
        this(directory, settings, QueryProcessors::create);
    }

    /** @param factory makes the query processor, perhaps with other doors than it is given */
    public TestServer(Path directory, Map<String, String> settings, QueryProcessorFactory factory)
            throws StartFailedException {
        Map<String, String> all = new HashMap<>(Map.of(
                "data.directory",
                directory.resolve("boreal").toString(),
                "listen.port",
                "0",
                "journal.segment.size",
                "4MB",
                "shutdown.timeout",
                "1s"));
        all.putAll(settings);
        process = SingleProcess.start(BorealConfiguration.of(all, HEAP), factory, StartListener.SILENT);
    }

    public int port() {
        return process.port();
    }

    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()));
    }

    @Override
    public void close() {
        process.close();
    }
}
