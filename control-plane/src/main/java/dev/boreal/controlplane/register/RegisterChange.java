package dev.boreal.controlplane.register;

import dev.boreal.contracts.cluster.RegisterEntry;

/** What a decree did to one entry. */
public sealed interface RegisterChange {
    String key();

    record Changed(RegisterEntry entry) implements RegisterChange {
        @Override
        public String key() {
            return entry.key();
        }
    }

    /** @param version the decree that removed it */
    record Removed(String key, long version) implements RegisterChange {}
}
