package dev.boreal.journal.replica;

/** Records to be read from the disk for a peer that is behind. Two of them are never equal. */
public final class CopyRequest {
    private final String peer;
    private final long afterIndex;
    private final long throughIndex;

    CopyRequest(String peer, long afterIndex, long throughIndex) {
        this.peer = peer;
        this.afterIndex = afterIndex;
        this.throughIndex = throughIndex;
    }

    public String peer() {
        return peer;
    }

    public long afterIndex() {
        return afterIndex;
    }

    /** The last one that is of use. */
    public long throughIndex() {
        return throughIndex;
    }
}
