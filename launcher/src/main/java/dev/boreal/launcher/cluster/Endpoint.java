package dev.boreal.launcher.cluster;

/** Where a door listens. */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
