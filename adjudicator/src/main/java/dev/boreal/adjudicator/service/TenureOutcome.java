package dev.boreal.adjudicator.service;

/** What became of the attempt to become a journal's adjudicator. */
public sealed interface TenureOutcome {

    /** It decides from now on, until somebody else opens the journal. */
    record Began(JournaledAdjudicator adjudicator) implements TenureOutcome {}

    /** It does not, and this is why, for people. */
    record Refused(String message) implements TenureOutcome {}
}
