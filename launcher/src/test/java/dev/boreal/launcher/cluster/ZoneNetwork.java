package dev.boreal.launcher.cluster;

import dev.boreal.launcher.supervision.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;

/** What connects the zones of a cluster, and can fail. One thread. */
interface ZoneNetwork extends AutoCloseable {

    /** Makes a cluster, not yet running, whose zones are connected by this network only. */
    LocalCluster create(Path directory, int zones) throws Exception;

    /** Nothing goes from one zone to the other any more. Nobody is told: what is sent is lost, or waits. */
    void cut(String from, String to) throws Exception;

    /** Whatever goes from one zone to the other takes so much longer. Only where {@link #canDelay}. */
    void delay(String from, String to, Duration delay) throws Exception;

    boolean canDelay();

    /** All is well again. */
    void heal() throws Exception;

    @Override
    void close() throws Exception;
}
