package dev.boreal.simulation.node;

import dev.boreal.contracts.journal.PositionedEntry;

/** Who sees everything and is no part of the cluster: what the nodes tell the verifiers while they run. */
public interface Watch {

    /** A subscriber of a journal is given an entry. */
    void delivered(int journal, PositionedEntry entry);

    /** A writer of a journal is told that its entry is durable. */
    void acknowledged(int journal, long position, long timestamp);

    /** A subscriber of a journal is told a watermark. */
    void published(int journal, long timestamp);

    /** An adjudicator's tenure begins above {@code notBefore}. */
    void tenureBegins(int journal, long epoch, String owner, long notBefore);

    /** An adjudicator may issue up to {@code notAfter} from now on. */
    void tenureLasts(int journal, long epoch, long notAfter);

    /** An adjudicator issues a commit's timestamp. */
    void issued(int journal, long epoch, long timestamp);

    /** A member of the control plane applies a decree. */
    void decided(long slot, String decree);

    /** A storage replica tells readers a watermark. */
    void reached(String storage, long timestamp);

    /** A storage replica is given a part of a transaction. */
    void fed(String storage, int journal, long timestamp);
}
