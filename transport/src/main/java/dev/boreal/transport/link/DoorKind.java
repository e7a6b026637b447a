package dev.boreal.transport.link;

/** The kinds of doors that streams lead to. Each is a service of {@code contracts}' protobuf files. */
public enum DoorKind {
    PEERS("Peers", "replicas of"),
    ADJUDICATOR("Adjudicator", "adjudicator"),
    CROSSBAR("Crossbar", "crossbar"),
    STORAGE("Storage", "storage"),
    JOURNAL("Journal", "journal"),
    CONTROL_PLANE("ControlPlane", "control plane");

    private final String service;
    private final String label;

    DoorKind(String service, String label) {
        this.service = service;
        this.label = label;
    }

    /** The service's name on the wire. */
    String service() {
        return "boreal.wire." + service;
    }

    /** As people call it. */
    public String label() {
        return label;
    }
}
