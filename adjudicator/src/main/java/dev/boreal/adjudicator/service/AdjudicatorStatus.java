package dev.boreal.adjudicator.service;

/**
 * What a candidate does and knows, for people.
 *
 * @param name its name
 * @param leading whether it decides; otherwise it follows
 * @param owner who decides as far as it knows, empty if nobody
 * @param epoch the highest epoch that it knows of
 * @param notBefore where its own tenure begins, 0 while it follows
 * @param notAfter where the tenure ends that it knows of, its own or another's
 * @param followedPosition up to where it has followed the journal
 * @param rememberedKeys how many accesses it remembers, 0 while it follows
 * @param rememberedOutcomes of how many transactions it knows that they committed
 */
public record AdjudicatorStatus(
        String name,
        boolean leading,
        String owner,
        long epoch,
        long notBefore,
        long notAfter,
        long followedPosition,
        long rememberedKeys,
        long rememberedOutcomes) {}
