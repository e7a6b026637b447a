package dev.boreal.launcher.client;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An address as people write it: {@code 127.0.0.1:7432}, {@code [::1]:7432}. */
record HostAndPort(String host, int port) {
    private static final int LARGEST_PORT = 65_535;

    /** Throws IllegalArgumentException saying what is wrong. */
    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        int port = 0;
        try {
            port = Integer.parseInt(text.substring(colon + 1).strip());
        } catch (NumberFormatException notOne) {
            port = 0;
        }
        if (host.isEmpty() || port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not an address such as 127.0.0.1:7432 or [::1]:7432");
        }
        return new HostAndPort(host, port);
    }

    /** Looks the host up anew; null if there is none of that name now. */
    @Nullable InetSocketAddress resolve() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        return address.isUnresolved() ? null : address;
    }
}
