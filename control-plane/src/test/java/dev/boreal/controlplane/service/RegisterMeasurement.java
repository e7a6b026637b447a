package dev.boreal.controlplane.service;

import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.door.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prints what three members in one process give on this machine's disk: compare-and-sets, reads and signs of life per second, and their
 * latency. No test: it asserts nothing. Argument: an empty directory.
 */
final class RegisterMeasurement {
    private static final List<String> FOUNDERS = List.of("a", "b", "c");
    private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

    /** One operation of one client. */
    private interface Operation {
        /** {@code last} is what it returned before, or 0. */
        long perform(ControlPlane register, String key, long last);
    }

    private RegisterMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        LocalNetwork network = new LocalNetwork();
        List<ControlPlaneMember> members = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (String name : FOUNDERS) {
                Path directory = Path.of(arguments[0]).resolve(name);
                members.add(ControlPlaneMember.open(
                        ControlPlaneConfiguration.founder("measurement", name, FOUNDERS, directory), network.of(name)));
            }
            members.getFirst().read("first");
            System.out.printf("first answer after %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            for (int clients : new int[] {1, 16, 64}) {
                measure("compare-and-set", clients, members, RegisterMeasurement::write);
                measure("read", clients, members, RegisterMeasurement::read);
                measure("sign of life", clients, members, RegisterMeasurement::sign);
            }
        } finally {
            members.forEach(ControlPlaneMember::close);
        }
    }

    private static long write(ControlPlane register, String key, long last) {
        UpdateOutcome outcome = register.compareAndSet(key, last, new byte[100], 0);
        return outcome instanceof UpdateOutcome.Updated(long version) ? version : last;
    }

    private static long read(ControlPlane register, String key, long last) {
        register.read(key);
        return 0;
    }

    private static long sign(ControlPlane register, String key, long last) {
        long session = last == 0 ? register.beginSession(key, Duration.ofMinutes(1)) : last;
        register.keepAlive(session);
        return session;
    }

    private static void measure(String what, int clients, List<ControlPlaneMember> members, Operation operation)
            throws InterruptedException {
        List<long[]> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + NANOS;
        for (int i = 0; i < clients; i++) {
            String key = what + "/" + clients + "/" + i;
            ControlPlane register = members.get(i % members.size());
            threads.add(Thread.ofVirtual().start(() -> {
                long[] samples = run(register, key, operation, end);
                synchronized (latencies) {
                    latencies.add(samples);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%-16s %3d clients: %7d/s, p50 %6d us, p99 %6d us%n",
                what,
                clients,
                all.length / TimeUnit.NANOSECONDS.toSeconds(NANOS),
                all[all.length / 2] / 1000,
                all[(int) (all.length * 99L / 100)] / 1000);
    }

    private static long[] run(ControlPlane register, String key, Operation operation, long end) {
        long[] samples = new long[1 << 10];
        int count = 0;
        long last = 0;
        for (long now = System.nanoTime(); now < end; ) {
            last = operation.perform(register, key, last);
            long after = System.nanoTime();
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, 2 * count);
            }
            samples[count] = after - now;
            count++;
            now = after;
        }
        return Arrays.copyOf(samples, count);
    }
}
