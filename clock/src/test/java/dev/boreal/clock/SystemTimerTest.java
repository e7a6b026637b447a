package dev.boreal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
    @Test
    void runsTasksInTheirOrderNeverEarlyAndNoneThatWasCalledOff() throws InterruptedException {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch last = new CountDownLatch(1);
        try (SystemTimer timer = new SystemTimer("test")) {
            long began = System.nanoTime();
            for (long millis : new long[] {200, 75, 1}) {
                long due = TimeUnit.MILLISECONDS.toNanos(millis);
                timer.after(due, () -> ran.add(millis + (System.nanoTime() - began < due ? " early" : "")));
            }
            for (long millis : new long[] {2, 80, 5_000}) {
                timer.after(TimeUnit.MILLISECONDS.toNanos(millis), () -> ran.add("called off"))
                        .cancel();
            }
            timer.after(TimeUnit.MILLISECONDS.toNanos(300), last::countDown);
            assertThat(last.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(ran).containsExactly("1", "75", "200");
    }
}
