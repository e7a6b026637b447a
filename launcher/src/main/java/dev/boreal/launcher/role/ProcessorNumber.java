package dev.boreal.launcher.role;

import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of a query processor, which is part of every transaction id: the lowest that nobody has. It stands in the
 * register under {@code processors/NUMBER} with the member's name, for ever.
 */
final class ProcessorNumber {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorNumber.class);
    private static final String PREFIX = "processors/";
    private static final int MOST = 4096;
    private static final long PAUSE_MILLIS = 200;

    private ProcessorNumber() {}

    /** Waits for the control plane. */
    static int of(String member, ControlPlane controlPlane) throws InterruptedException {
        while (true) {
            try {
                Set<Integer> taken = new HashSet<>();
                for (RegisterEntry entry : controlPlane.list(PREFIX)) {
                    int number = Integer.parseInt(entry.key().substring(PREFIX.length()));
                    if (new String(entry.value(), StandardCharsets.UTF_8).equals(member)) {
                        return number;
                    }
                    taken.add(number);
                }
                int free = 0;
                while (taken.contains(free)) {
                    free++;
                }
                if (free >= MOST) {
                    throw new IllegalStateException("the register has " + MOST + " query processors already");
                }
                if (controlPlane.compareAndSet(PREFIX + free, 0, member.getBytes(StandardCharsets.UTF_8), 0)
                        instanceof UpdateOutcome.Updated) {
                    return free;
                }
            } catch (ControlPlaneUnavailableException e) {
                LOG.info("The control plane is not there yet: {}", e.getMessage());
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
