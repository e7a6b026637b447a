package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.sql.Credential;
import java.util.List;

/** A role. */
public record Role(
        int oid,
        String name,
        boolean superuser,
        boolean inherit,
        boolean createRole,
        boolean createDatabase,
        boolean canLogin,
        Credential credential,
        List<Integer> memberOf) {
    /** The bootstrap superuser, {@code postgres}. */
    public static final int BOOTSTRAP = 10;

    public Role {
        memberOf = List.copyOf(memberOf);
    }
}
