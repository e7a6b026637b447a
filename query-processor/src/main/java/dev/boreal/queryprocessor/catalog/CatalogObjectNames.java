package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.type.ObjectNames;
import org.jspecify.annotations.Nullable;

/** Names of relations, schemas and roles out of the catalog; of all that is built in, out of {@code builtins}. */
public final class CatalogObjectNames implements ObjectNames {
    private final CatalogSnapshot catalog;
    private final CatalogNames names;
    private final ObjectNames builtins;

    /** @param builtins types, functions, operators and collations */
    public CatalogObjectNames(CatalogSnapshot catalog, CatalogNames names, ObjectNames builtins) {
        this.catalog = catalog;
        this.names = names;
        this.builtins = builtins;
    }

    @Override
    public @Nullable String nameOf(Kind kind, int oid) {
        return switch (kind) {
            case RELATION -> names.print(oid);
            case NAMESPACE -> {
                Schema schema = catalog.schema(oid);
                yield schema == null ? null : Identifiers.quote(schema.name());
            }
            case ROLE -> {
                Role role = catalog.role(oid);
                yield role == null ? null : Identifiers.quote(role.name());
            }
            default -> builtins.nameOf(kind, oid);
        };
    }

    @Override
    public int oidOf(Kind kind, String name) {
        Integer literal = literalOid(name);
        if (literal != null) {
            return literal;
        }
        return switch (kind) {
            case RELATION -> names.require(NameText.parse(name)).oid();
            case NAMESPACE -> names.requireSchema(single(name)).oid();
            case ROLE -> requireRole(single(name)).oid();
            default -> builtins.oidOf(kind, name);
        };
    }

    @Override
    public @Nullable Integer findOid(Kind kind, String name) {
        return switch (kind) {
            case RELATION -> {
                CatalogNames.Found found = names.find(NameText.parse(name));
                yield found == null ? null : found.oid();
            }
            case NAMESPACE -> {
                Schema schema = catalog.findSchema(single(name));
                yield schema == null ? null : schema.oid();
            }
            case ROLE -> {
                Role role = catalog.findRole(single(name));
                yield role == null ? null : role.oid();
            }
            default -> builtins.findOid(kind, name);
        };
    }

    private Role requireRole(String name) {
        Role role = catalog.findRole(name);
        if (role == null) {
            throw new SqlException(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
        }
        return role;
    }

    private static String single(String text) {
        QualifiedName name = NameText.parse(text);
        if (name.parts().size() != 1) {
            throw new SqlException("42602", "invalid name syntax");
        }
        return name.name();
    }

    /** Digits stand for the oid itself, a dash for none. */
    private static @Nullable Integer literalOid(String text) {
        if (text.equals("-")) {
            return 0;
        }
        if (text.isEmpty() || text.length() > 10) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return (int) Long.parseLong(text);
    }
}
