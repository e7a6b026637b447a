package dev.boreal.launcher.supervision;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntSupplier;

/** Finds ports that nobody listens on, upwards from a first one. One thread. */
final class FreePorts implements IntSupplier {
    private static final int LARGEST = 65_535;

    private int next;

    FreePorts(int first) {
        next = first;
    }

    @Override
    public int getAsInt() {
        while (next <= LARGEST) {
            int port = next++;
            if (isFree("127.0.0.1", port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free up to " + LARGEST);
    }

    static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("cannot try port " + port + " of " + host, e);
        }
    }
}
