package dev.boreal.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Expected(long time, int order) implements Comparable<Expected> {
        @Override
        public int compareTo(Expected other) {
            return time == other.time ? Integer.compare(order, other.order) : Long.compare(time, other.time);
        }
    }

    @Test
    void takesEventsByTimeAndThoseOfOneTimeAsTheyWereAsked() {
        Chance chance = new Chance(7);
        EventQueue queue = new EventQueue();
        PriorityQueue<Expected> model = new PriorityQueue<>();
        List<Expected> taken = new ArrayList<>();
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (chance.oneIn(3) && !model.isEmpty()) {
                expected.add(model.remove());
                assertThat(queue.nextTime()).isEqualTo(expected.getLast().time);
                queue.remove().run();
            } else {
                Expected event = new Expected(chance.below(500), i);
                model.add(event);
                queue.add(event.time, () -> taken.add(event));
            }
        }
        while (!model.isEmpty()) {
            expected.add(model.remove());
            queue.remove().run();
        }

        assertThat(taken).isEqualTo(expected);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void givesNothingWhenNothingIsToHappen() {
        assertThatIllegalStateException().isThrownBy(() -> new EventQueue().remove());
    }
}
