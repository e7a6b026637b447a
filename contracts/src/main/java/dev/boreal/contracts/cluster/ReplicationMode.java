package dev.boreal.contracts.cluster;

/** How the replicas of a journal agree. */
public enum ReplicationMode {
    /** One replica. */
    SINGLE,
    /** Zones of a region: durable on every member; members come and go by the control plane's plans. */
    CHAIN,
    /** Regions: durable on a majority of a fixed set. */
    QUORUM
}
