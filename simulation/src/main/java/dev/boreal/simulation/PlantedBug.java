package dev.boreal.simulation;

import java.util.Locale;

/** Mistakes that the drivers make when they are told to, to prove that the net holds. */
public enum PlantedBug {
    NONE("as it should be", "default"),
    ADJUDICATOR_FORGETS_WRITE_SET("one commit in eight is not remembered", "calm"),
    ADJUDICATOR_ANSWERS_BEFORE_DURABLE("COMMIT is acknowledged when the entry is sent", "journals"),
    ADJUDICATOR_SKIPS_CLOCK_WAIT("COMMIT is acknowledged before the clock has passed it", "calm"),
    TIMESTAMP_NOT_ABOVE_SNAPSHOT("a commit's timestamp follows the adjudicator's clock alone", "calm"),
    EXPIRED_TENURE_STILL_USED("a leader goes on above the end of its tenure", "default"),
    SUCCESSOR_INSIDE_OLD_TENURE("a successor begins below the end of its predecessor's tenure", "default"),
    JOURNAL_ACKNOWLEDGES_BEFORE_SYNC(
            "an append is acknowledged when it is written, and synced some time later", "journals"),
    REPLICA_ACKNOWLEDGES_BEFORE_SYNC(
            "a replica calls durable what is written, and syncs it with what comes next", "journals", "chain"),
    JOURNAL_ADMITS_STALE_EPOCH("a fenced writer's entries are taken as the new writer's", "default"),
    HEARTBEAT_PASSES_UNDELIVERED("a heartbeat is told before the entries before it", "calm"),
    CROSSBAR_RELEASES_EARLY("an entry leaves before all journals have reached its time", "calm"),
    CROSSBAR_REORDERS("neighbouring entries are exchanged", "calm"),
    CROSSBAR_SKIPS_ON_RESUME("a feed that is continued begins one entry too late", "default"),
    STORAGE_SERVES_BELOW_WATERMARK("a read does not wait for the watermark", "calm"),
    STORAGE_LOSES_BATCH_ATOMICITY("positions are kept at a crash, and not the rows that they cover", "default"),
    STORAGE_APPLIES_TORN_RECORD("a commit that was cut short on its way is applied as far as it came", "calm"),
    READER_TAKES_EARLIEST_TIME("a snapshot is taken at the earliest possible time", "calm"),
    CHAIN_SKIPS_A_MEMBER("the head of a chain does not wait for the last member", "heads", "chain"),
    PROPOSER_IGNORES_ACCEPTED("the winner of a ballot goes on with its own log", "wild", "quorum"),
    FOLLOWER_KEEPS_MISMATCHING_SUFFIX("a follower puts records behind whatever it has", "journals", "quorum"),
    HEARTBEAT_PASSES_UNCOMMITTED("a replica tells a heartbeat before the entries before it", "default", "quorum"),
    PAXOS_ANSWERS_BEFORE_SYNC("a member of the control plane forgets in a crash what it said", "wild", "chain");

    private final String description;
    private final String faults;
    private final String journals;

    PlantedBug(String description, String faults) {
        this(description, faults, "single");
    }

    PlantedBug(String description, String faults, String journals) {
        this.description = description;
        this.faults = faults;
        this.journals = journals;
    }

    /** With which kind of journals it shows. */
    public String journals() {
        return journals;
    }

    /** As it is typed: {@code crossbar-reorders}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    /** The profile of faults under which it shows. */
    public String faults() {
        return faults;
    }

    /** Throws IllegalArgumentException naming the bugs there are. */
    public static PlantedBug of(String label) {
        StringBuilder known = new StringBuilder();
        for (PlantedBug bug : values()) {
            if (bug.label().equals(label)) {
                return bug;
            }
            known.append("\n  ").append(bug.label()).append(": ").append(bug.description);
        }
        throw new IllegalArgumentException("no bug is called \"" + label + "\"; there are" + known);
    }
}
