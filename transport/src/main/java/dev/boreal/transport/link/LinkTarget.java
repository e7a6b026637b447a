package dev.boreal.transport.link;

/**
 * Where a stream leads.
 *
 * @param instance which door of the kind, where a process has several; else empty
 * @param member the process's name, or empty for whoever answers at the address
 */
public record LinkTarget(DoorKind kind, String instance, String member) {
    @Override
    public String toString() {
        return kind.label() + (instance.isEmpty() ? "" : " " + instance) + (member.isEmpty() ? "" : " at " + member);
    }
}
