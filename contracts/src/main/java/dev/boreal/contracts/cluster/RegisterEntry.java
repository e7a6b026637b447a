package dev.boreal.contracts.cluster;

import java.util.Arrays;

/**
 * One entry of the control plane's register.
 *
 * @param key its name; parts are divided by slashes
 * @param value bytes that the register does not understand
 * @param version the number of the decree that wrote it: rises over the whole register, so it serves as a fencing token
 * @param session the session it is bound to and vanishes with, or 0
 */
public record RegisterEntry(String key, byte[] value, long version, long session) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RegisterEntry that
                && key.equals(that.key)
                && Arrays.equals(value, that.value)
                && version == that.version
                && session == that.session;
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + Long.hashCode(version);
    }

    @Override
    public String toString() {
        return key + "@" + version + (session == 0 ? "" : " of session " + session) + ", " + value.length + " bytes";
    }
}
