package dev.boreal.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = new World(1, Trace.silent());
    private final Listener sender = new Listener(world, "sender");
    private final Listener receiver = new Listener(world, "receiver");

    /** Writes down what it hears. */
    private static final class Listener extends Node implements LinkEnd {
        private final List<Object> heard = new ArrayList<>();
        private boolean broken;

        Listener(World world, String name) {
            super(world, name, name, new SkewedClock(world, 1_000));
        }

        Link call(Node other) {
            return connect(other.name(), "hello", this);
        }

        @Override
        protected void start() {
            broken = false;
        }

        @Override
        protected void lost() {
            heard.clear();
        }

        @Override
        protected @Nullable LinkEnd accept(Link link, Object hello) {
            return this;
        }

        @Override
        public void onMessage(Object message) {
            heard.add(message);
        }

        @Override
        public void onBroken() {
            broken = true;
        }
    }

    private void runFor(long nanos) {
        world.runUntil(world.now() + nanos);
    }

    private static List<Object> numbers(int count) {
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private Link connected() {
        sender.boot();
        receiver.boot();
        return sender.call(receiver);
    }

    @Test
    void linksKeepTheirOrder() {
        world.network().setQuality(2_000, 0, 5_000);
        Link link = connected();
        numbers(100).forEach(number -> link.send(sender, number));
        runFor(World.SECOND);

        assertThat(receiver.heard).isEqualTo(numbers(100));
    }

    @Test
    void aPausedNodeHearsEverythingLate() {
        Link link = connected();
        receiver.pause();
        numbers(10).forEach(number -> link.send(sender, number));
        runFor(World.SECOND);
        assertThat(receiver.heard).isEmpty();

        receiver.resume();
        assertThat(receiver.heard).isEqualTo(numbers(10));
    }

    @Test
    void aCutBreaksTheLinkOnBothSides() {
        Link link = connected();
        runFor(10 * World.MILLISECOND);
        world.network().cut(sender, receiver);
        link.send(sender, "lost");
        runFor(World.SECOND);

        assertThat(receiver.heard).isEmpty();
        assertThat(sender.broken).isTrue();
        assertThat(receiver.broken).isTrue();
    }

    @Test
    void aRestartedNodeHearsNothingOfItsLifeBefore() {
        Link link = connected();
        link.send(sender, "early");
        receiver.crash();
        receiver.boot();
        runFor(World.SECOND);

        assertThat(receiver.heard).isEmpty();
        assertThat(sender.broken).isTrue();
    }

    @Test
    void clocksStayWithinTheirBoundUnlessLetGo() {
        SkewedClock clock = new SkewedClock(world, 1_000);
        clock.set(50_000, 0, true);
        assertThat(clock.earliest()).isLessThanOrEqualTo(world.now());
        clock.set(50_000, 0, false);
        assertThat(clock.earliest()).isGreaterThan(world.now());
    }

    @Test
    void whatWasSyncedSurvivesACrashAndTheRestIsUpToChance() throws IOException {
        int kept = 0;
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = new SimulatedDisk("disk", new Chance(seed));
            try (DiskFile file = disk.openOrCreate("log")) {
                disk.syncNames();
                file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
                file.sync();
                disk.deferSyncs();
                file.write(ByteBuffer.wrap(new byte[] {3, 4}), 2);
                file.sync();
            }
            disk.losePower();
            ByteBuffer found = ByteBuffer.allocate(4);
            try (DiskFile file = disk.openToRead("log")) {
                assertThat(file.read(found, 0)).isGreaterThanOrEqualTo(2);
            }
            assertThat(found.array()).startsWith(1, 2);
            kept += found.array()[2] == 3 ? 1 : 0;
        }
        assertThat(kept).isBetween(5, 45);
    }

    private static byte[] read(SimulatedDisk disk) throws IOException {
        try (var file = disk.openToRead("log")) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }

    @Test
    void aKilledProcessLosesNothingThatItWrote() throws IOException {
        SimulatedDisk disk = new SimulatedDisk("disk", new Chance(1));
        try (var file = disk.openOrCreate("log")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
        }
        disk.processEnds();

        assertThat(read(disk)).containsExactly(1, 2);
    }

    @Test
    void whatASyncFailedToKeepIsReadUntilThePowerFailsEvenIfALaterSyncSucceeds() throws IOException {
        SimulatedDisk disk = new SimulatedDisk("disk", new Chance(1));
        disk.failSyncs();
        try (var file = disk.openOrCreate("log")) {
            disk.syncNames();
            file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
            assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
            disk.mend();
            file.sync();
        }
        assertThat(read(disk)).containsExactly(1, 2);
        disk.losePower();

        assertThat(read(disk)).isEmpty();
    }

    @Test
    void aFullDiskTakesNothing() throws IOException {
        SimulatedDisk disk = new SimulatedDisk("disk", new Chance(1));
        try (var file = disk.openOrCreate("log")) {
            disk.fill();
            assertThatThrownBy(() -> file.write(ByteBuffer.wrap(new byte[] {1}), 0))
                    .isInstanceOf(IOException.class);
            disk.mend();
            file.write(ByteBuffer.wrap(new byte[] {2}), 0);
        }
        assertThat(read(disk)).containsExactly(2);
    }

    @Test
    void damageTurnsOneBitOfWhatWasDurableBeforeTheLastSync() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = new SimulatedDisk("disk", new Chance(seed));
            try (var file = disk.openOrCreate("log")) {
                file.write(ByteBuffer.wrap(new byte[] {15, 15, 15}), 0);
                file.sync();
                assertThat(disk.damage()).isNull();
                file.write(ByteBuffer.wrap(new byte[] {7}), 3);
                file.sync();
            }
            assertThat(disk.damage()).startsWith("disk/log at byte ");
            byte[] bytes = read(disk);
            assertThat(bytes[3]).isEqualTo((byte) 7);
            int turned = Integer.bitCount((bytes[0] ^ 15) & 0xFF)
                    + Integer.bitCount((bytes[1] ^ 15) & 0xFF)
                    + Integer.bitCount((bytes[2] ^ 15) & 0xFF);
            assertThat(turned).isEqualTo(1);
        }
    }
}
