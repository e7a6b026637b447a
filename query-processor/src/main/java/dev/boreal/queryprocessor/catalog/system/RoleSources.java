package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.contracts.sql.Credential;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.definition.ScramVerifier;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** pg_authid, pg_roles, pg_user, pg_shadow, pg_group, pg_auth_members. */
final class RoleSources {
    private static final String HIDDEN = "********";

    private RoleSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_authid", (context, sheet) -> roles(context, sheet, true));
        sources.put("pg_catalog.pg_roles", (context, sheet) -> roles(context, sheet, false));
        sources.put("pg_catalog.pg_user", (context, sheet) -> users(context, sheet, false));
        sources.put("pg_catalog.pg_shadow", (context, sheet) -> users(context, sheet, true));
        sources.put("pg_catalog.pg_group", RoleSources::groups);
        sources.put("pg_catalog.pg_auth_members", RoleSources::members);
    }

    private static @Nullable String password(Role role, boolean shown) {
        if (!shown) {
            return HIDDEN;
        }
        return role.credential() instanceof Credential.ScramSha256 verifier ? ScramVerifier.print(verifier) : null;
    }

    private static void roles(EvaluationContext context, Sheet sheet, boolean passwords) {
        for (Role role : context.catalog().roles()) {
            sheet.row()
                    .set("oid", role.oid())
                    .set("rolname", role.name())
                    .set("rolsuper", role.superuser())
                    .set("rolinherit", role.inherit())
                    .set("rolcreaterole", role.createRole())
                    .set("rolcreatedb", role.createDatabase())
                    .set("rolcanlogin", role.canLogin())
                    .set("rolreplication", role.oid() == Role.BOOTSTRAP)
                    .set("rolbypassrls", role.oid() == Role.BOOTSTRAP)
                    .set("rolconnlimit", -1)
                    .set("rolpassword", password(role, passwords));
        }
    }

    private static void users(EvaluationContext context, Sheet sheet, boolean passwords) {
        for (Role role : context.catalog().roles()) {
            if (role.canLogin()) {
                sheet.row()
                        .set("usename", role.name())
                        .set("usesysid", role.oid())
                        .set("usecreatedb", role.createDatabase())
                        .set("usesuper", role.superuser())
                        .set("userepl", role.oid() == Role.BOOTSTRAP)
                        .set("usebypassrls", role.oid() == Role.BOOTSTRAP)
                        .set("passwd", password(role, passwords));
            }
        }
    }

    private static void groups(EvaluationContext context, Sheet sheet) {
        for (Role group : context.catalog().roles()) {
            if (!group.canLogin()) {
                List<Object> members = new ArrayList<>();
                for (Role role : context.catalog().roles()) {
                    if (role.memberOf().contains(group.oid())) {
                        members.add(role.oid());
                    }
                }
                sheet.row()
                        .set("groname", group.name())
                        .set("grosysid", group.oid())
                        .set("grolist", SqlArray.of(TypeRegistry.OID.oid(), members.toArray()));
            }
        }
    }

    private static void members(EvaluationContext context, Sheet sheet) {
        for (Role role : context.catalog().roles()) {
            for (int group : role.memberOf()) {
                sheet.row().set("roleid", group).set("member", role.oid()).set("grantor", Role.BOOTSTRAP);
            }
        }
    }
}
