package dev.boreal.adjudicator.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeadEstimateTest {
    @Test
    void followsTheLatencyAndStaysUnderItsCap() {
        LeadEstimate lead = LeadEstimate.adaptive(200_000, 2_000_000);
        for (int i = 0; i < 200; i++) {
            lead.add(600_000);
        }
        assertThat(lead.nanos()).isBetween(590_000L, 600_000L);
        lead.add(Long.MAX_VALUE);
        assertThat(lead.nanos()).isLessThan(700_000);
        for (int i = 0; i < 200; i++) {
            lead.add(1_000_000_000);
        }
        assertThat(lead.nanos()).isBetween(1_990_000L, 2_000_000L);
        for (int i = 0; i < 200; i++) {
            lead.add(-5);
        }
        assertThat(lead.nanos()).isBetween(-16L, 16L);
    }

    @Test
    void isWhatMostAppendsTakeAtLeast() {
        LeadEstimate lead = LeadEstimate.adaptive(200_000, 2_000_000);
        for (int i = 0; i < 400; i++) {
            lead.add(i % 2 == 0 ? 700_000 : 1_300_000);
        }
        assertThat(lead.nanos()).isBetween(600_000L, 760_000L);
    }

    @Test
    void aFixedLeadStays() {
        LeadEstimate lead = LeadEstimate.fixed(7);
        lead.add(1_000);
        assertThat(lead.nanos()).isEqualTo(7);
    }
}
