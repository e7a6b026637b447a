package dev.boreal.simulation.verify;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All members of the control plane apply the same decree under the same number. */
public final class PaxosAgreement {
    private final TreeMap<Long, String> decrees = new TreeMap<>();

    public @Nullable String decided(long slot, String decree) {
        String before = decrees.putIfAbsent(slot, decree);
        return before == null || before.equals(decree)
                ? null
                : "decree " + slot + " is \"" + before + "\" to one member and \"" + decree + "\" to another";
    }
}
