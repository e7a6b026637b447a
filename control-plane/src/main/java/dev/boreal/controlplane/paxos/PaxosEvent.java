package dev.boreal.controlplane.paxos;

/** What the host of a {@link PaxosCore} hears from it. */
public sealed interface PaxosEvent {

    /** The next decree in order. */
    record Decided(long slot, Decree decree) implements PaxosEvent {}

    /** Decrees up to {@code snapshot.slot()} are skipped: this stands for them. */
    record Installed(Snapshot snapshot) implements PaxosEvent {}

    /** An inquiry is answered: the decrees told so far hold everything that was acknowledged when it was made. */
    record InquiryAnswered(long id) implements PaxosEvent {}

    /** This member leads, and somebody gave a sign of life. */
    record Sign(long sign) implements PaxosEvent {}

    /** Somebody needs a snapshot and there is none: call {@link PaxosCore#checkpoint}. */
    record SnapshotWanted() implements PaxosEvent {}
}
