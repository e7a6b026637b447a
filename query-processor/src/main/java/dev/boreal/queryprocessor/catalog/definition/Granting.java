package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Grant;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.RoleName;

/** GRANT and REVOKE on objects: names are checked, privileges are not kept, and a warning says so. */
final class Granting {
    private final Definition definition;

    Granting(Definition definition) {
        this.definition = definition;
    }

    String execute(Grant grant) {
        for (RoleName grantee : grant.grantees()) {
            if (grantee.kind() != RoleName.Kind.PUBLIC) {
                definition.requireRole(grantee);
            }
        }
        for (ObjectReference object : grant.objects()) {
            if (grant.allInSchema()) {
                definition.names().requireSchema(object.name().name());
            } else {
                switch (grant.kind()) {
                    case TABLE, SEQUENCE -> definition.names().require(object.name());
                    case SCHEMA ->
                        definition.names().requireSchema(object.name().name());
                    case DATABASE -> requireDatabase(object.name().name());
                    default ->
                        throw SqlException.notSupported(
                                "GRANT ON " + grant.kind().sql());
                }
            }
        }
        definition.notice(SqlError.warning(
                SqlState.WARNING, "privileges on objects are not enforced: every role may use every object"));
        return grant.commandTag();
    }

    private static void requireDatabase(String name) {
        if (!name.equals(dev.boreal.queryprocessor.catalog.CatalogStore.DATABASE_NAME)) {
            throw Definition.error(SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
        }
    }
}
