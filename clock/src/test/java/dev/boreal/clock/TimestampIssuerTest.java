package dev.boreal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampIssuerTest {
    @Test
    void issuesRisingTimestampsWhateverTheClockDoes() {
        ManualClock clock = new ManualClock(1_000);
        Chance chance = new Chance(7);
        TimestampIssuer issuer = new TimestampIssuer(500);
        long last = 500;
        for (int i = 0; i < 10_000; i++) {
            clock.advance(chance.between(-50, 50));
            long issued = issuer.next(clock.latest());
            assertThat(issued).isGreaterThan(last);
            last = issued;
        }
    }

    @Test
    void issuesNothingThatItSkipped() {
        TimestampIssuer issuer = new TimestampIssuer(0);
        issuer.skipTo(100);
        assertThat(issuer.next(50)).isEqualTo(101);
    }

    @Test
    void equalSeedsGiveEqualChance() {
        Chance one = new Chance(42);
        Chance other = new Chance(42);
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.nextLong()).isEqualTo(other.nextLong());
        }
        assertThat(one.fork().nextLong()).isEqualTo(other.fork().nextLong());
    }
}
