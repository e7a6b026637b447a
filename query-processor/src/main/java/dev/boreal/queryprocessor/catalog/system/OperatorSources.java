package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.OperatorSignature;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Map;

/** pg_operator, pg_am, pg_opfamily, pg_opclass, pg_amop. */
final class OperatorSources {
    private OperatorSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_operator", OperatorSources::operators);
        sources.put("pg_catalog.pg_am", OperatorSources::accessMethods);
        sources.put("pg_catalog.pg_opfamily", OperatorSources::families);
        sources.put("pg_catalog.pg_opclass", OperatorSources::classes);
        sources.put("pg_catalog.pg_amop", OperatorSources::members);
    }

    private static void operators(EvaluationContext context, Sheet sheet) {
        for (OperatorSignature operator : FunctionRegistry.operators()) {
            SqlType left = operator.left();
            sheet.row()
                    .set("oid", operator.oid())
                    .set("oprname", operator.symbol())
                    .set("oprnamespace", Schema.PG_CATALOG)
                    .set("oprowner", Role.BOOTSTRAP)
                    .set("oprkind", left == null ? "l" : "b")
                    .set("oprcanhash", operator.hashable())
                    .set("oprleft", left == null ? 0 : left.oid())
                    .set("oprright", operator.right().oid())
                    .set("oprresult", operator.result().oid())
                    .set("oprcom", operator.commutatorOid())
                    .set("oprnegate", operator.negatorOid())
                    .set("oprcode", operator.functionOid());
        }
    }

    private static void accessMethods(EvaluationContext context, Sheet sheet) {
        sheet.row().set("oid", Oids.HEAP).set("amname", "heap").set("amtype", "t");
        sheet.row().set("oid", Oids.BTREE).set("amname", "btree").set("amtype", "i");
    }

    private static void families(EvaluationContext context, Sheet sheet) {
        for (String[] line : Btree.lines("family")) {
            sheet.row()
                    .set("oid", Integer.parseInt(line[1]))
                    .set("opfmethod", Oids.BTREE)
                    .set("opfname", line[2])
                    .set("opfnamespace", Schema.PG_CATALOG)
                    .set("opfowner", Role.BOOTSTRAP);
        }
    }

    private static void classes(EvaluationContext context, Sheet sheet) {
        for (String[] line : Btree.lines("class")) {
            sheet.row()
                    .set("oid", Integer.parseInt(line[1]))
                    .set("opcmethod", Oids.BTREE)
                    .set("opcname", line[2])
                    .set("opcnamespace", Schema.PG_CATALOG)
                    .set("opcowner", Role.BOOTSTRAP)
                    .set("opcfamily", Integer.parseInt(line[3]))
                    .set("opcintype", Integer.parseInt(line[4]))
                    .set("opcdefault", line[5].equals("t"))
                    .set("opckeytype", Integer.parseInt(line[6]));
        }
    }

    private static void members(EvaluationContext context, Sheet sheet) {
        for (String[] line : Btree.lines("operator")) {
            sheet.row()
                    .set("oid", Integer.parseInt(line[1]))
                    .set("amopfamily", Integer.parseInt(line[2]))
                    .set("amoplefttype", Integer.parseInt(line[3]))
                    .set("amoprighttype", Integer.parseInt(line[4]))
                    .set("amopstrategy", Integer.parseInt(line[5]))
                    .set("amoppurpose", "s")
                    .set("amopopr", Integer.parseInt(line[6]))
                    .set("amopmethod", Oids.BTREE);
        }
    }
}
