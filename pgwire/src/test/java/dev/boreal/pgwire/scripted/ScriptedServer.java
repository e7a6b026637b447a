package dev.boreal.pgwire.scripted;

import dev.boreal.pgwire.service.PgWireConfiguration;
import dev.boreal.pgwire.service.PgWireServer;
import java.io.IOException;

/** Serves the tiny language on the port that is its argument, until its input ends: for measuring with pgbench. */
public final class ScriptedServer {
    private ScriptedServer() {}

    public static void main(String[] arguments) throws IOException {
        PgWireConfiguration configuration = PgWireConfiguration.loopback(Integer.parseInt(arguments[0]));
        if (arguments.length > 1) {
            configuration = configuration.withEventLoops(Integer.parseInt(arguments[1]));
        }
        try (PgWireServer server = PgWireServer.start(configuration, new ScriptedService())) {
            System.out.println("listening on port " + server.port() + ", ends with its input");
            while (System.in.read() >= 0) {
                // Until the end.
            }
        }
    }
}
