package dev.boreal.queryprocessor.function.system;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.invalid;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.ObjectNames;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * has_table_privilege and its kin, pg_has_role. Boreal keeps no access lists: every role may do everything with what exists, and these
 * functions say so, once they have found what is asked about.
 */
public final class PrivilegeFunctions implements FunctionProvider {
    private static final Set<String> PRIVILEGES = Set.of(
            "select",
            "insert",
            "update",
            "delete",
            "truncate",
            "references",
            "trigger",
            "usage",
            "create",
            "connect",
            "temporary",
            "temp",
            "execute",
            "set",
            "alter system",
            "member");

    @Override
    public void register(Bindings bindings) {
        String[] objects = {
            "any_column",
            "database",
            "foreign_data_wrapper",
            "function",
            "language",
            "schema",
            "sequence",
            "server",
            "table",
            "tablespace",
            "type"
        };
        for (String object : objects) {
            ObjectNames.@Nullable Kind kind = kindOf(object);
            String name = "has_" + object + "_privilege";
            for (String arguments : new String[] {"name,text,text", "name,oid,text", "oid,text,text", "oid,oid,text"}) {
                bindings.scalar(
                        name + "(" + arguments + ")", (c, a) -> check(c, kind, any(a, 0), any(a, 1), any(a, 2)));
            }
            for (String arguments : new String[] {"text,text", "oid,text"}) {
                bindings.scalar(name + "(" + arguments + ")", (c, a) -> check(c, kind, null, any(a, 0), any(a, 1)));
            }
        }
        columns(bindings);
        roles(bindings);
    }

    private static ObjectNames.@Nullable Kind kindOf(String object) {
        return switch (object) {
            case "any_column", "table", "sequence" -> ObjectNames.Kind.RELATION;
            case "function" -> ObjectNames.Kind.FUNCTION_WITH_ARGUMENTS;
            case "schema" -> ObjectNames.Kind.NAMESPACE;
            case "type" -> ObjectNames.Kind.TYPE;
            default -> null;
        };
    }

    private static void columns(Bindings bindings) {
        for (String user : new String[] {"name", "oid"}) {
            for (String table : new String[] {"text", "oid"}) {
                bindings.scalar(
                        "has_column_privilege(" + user + "," + table + ",text,text), has_column_privilege(" + user + ","
                                + table + ",int2,text)",
                        (c, a) -> check(c, ObjectNames.Kind.RELATION, any(a, 0), any(a, 1), any(a, 3)));
            }
        }
        bindings.scalar(
                "has_column_privilege(text,text,text), has_column_privilege(text,int2,text),"
                        + " has_column_privilege(oid,text,text), has_column_privilege(oid,int2,text)",
                (c, a) -> check(c, ObjectNames.Kind.RELATION, null, any(a, 0), any(a, 2)));
    }

    private static @Nullable Boolean check(
            EvaluationContext context,
            ObjectNames.@Nullable Kind kind,
            @Nullable Object user,
            Object object,
            Object privileges) {
        if (user != null) {
            role(context, user);
        }
        for (String privilege : ((String) privileges).toLowerCase(Locale.ROOT).split(",", -1)) {
            String plain = privilege.strip().replace(" with grant option", "");
            if (!PRIVILEGES.contains(plain)) {
                throw invalid("unrecognized privilege type: \"" + privilege.strip() + "\"");
            }
        }
        if (kind == null) {
            return true;
        }
        if (object instanceof String name) {
            context.names().oidOf(kind, name);
            return true;
        }
        return context.names().nameOf(kind, (Integer) object) == null ? null : Boolean.TRUE;
    }

    private static Role role(EvaluationContext context, Object user) {
        Role role = user instanceof String name
                ? context.catalog().findRole(name)
                : context.catalog().role((Integer) user);
        if (role == null) {
            throw new SqlException(
                    SqlState.UNDEFINED_OBJECT,
                    user instanceof String
                            ? "role \"" + user + "\" does not exist"
                            : "role with OID " + Integer.toUnsignedString((Integer) user) + " does not exist");
        }
        return role;
    }

    private static void roles(Bindings bindings) {
        bindings.scalar(
                        "pg_has_role(name,name,text), pg_has_role(name,oid,text), pg_has_role(oid,name,text),"
                                + " pg_has_role(oid,oid,text)",
                        (c, a) -> isMember(c, role(c, any(a, 0)), role(c, any(a, 1))))
                .scalar(
                        "pg_has_role(name,text), pg_has_role(oid,text)",
                        (c, a) -> isMember(c, role(c, c.currentUser()), role(c, any(a, 0))))
                .scalar("row_security_active(oid), row_security_active(text)", (c, a) -> false);
    }

    private static boolean isMember(EvaluationContext context, Role member, Role role) {
        if (member.superuser() || member.oid() == role.oid()) {
            return true;
        }
        for (int oid : member.memberOf()) {
            Role parent = context.catalog().role(oid);
            if (parent != null && isMember(context, parent, role)) {
                return true;
            }
        }
        return false;
    }
}
