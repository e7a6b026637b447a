package dev.boreal.journal.replica;

/** What a {@link SimulatedReplica} lives in. */
interface SimulatedWorld {
    long now();

    void send(SimulatedReplica from, String to, Message message);

    /** Call {@link SimulatedReplica#diskDone} some time. */
    void diskStarts(SimulatedReplica replica);

    /** The replica told that the record is committed. */
    void committed(SimulatedReplica replica, SimulatedReplica.Stored record);
}
