package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Whether a function is of the kind that its call needs: 42809 and 42883 in PostgreSQL's words. */
final class CallChecks {
    private CallChecks() {}

    static void check(FunctionSignature signature, int argumentCount, CallForm form) {
        String name = signature.name();
        switch (signature.kind()) {
            case FUNCTION -> checkPlain(name, form);
            case WINDOW -> checkWindow(name, form);
            case AGGREGATE -> checkAggregate(signature, argumentCount, form);
        }
    }

    private static void checkPlain(String name, CallForm form) {
        refuseIf(form.star(), name + "(*) specified, but " + name + " is not an aggregate function");
        refuseIf(form.distinct(), "DISTINCT specified, but " + name + " is not an aggregate function");
        refuseIf(form.withinGroup(), "WITHIN GROUP specified, but " + name + " is not an aggregate function");
        refuseIf(form.ordered(), "ORDER BY specified, but " + name + " is not an aggregate function");
        refuseIf(form.filtered(), "FILTER specified, but " + name + " is not an aggregate function");
        refuseIf(form.over(), "OVER specified, but " + name + " is not a window function nor an aggregate function");
    }

    private static void checkWindow(String name, CallForm form) {
        refuseIf(!form.over(), "window function " + name + " requires an OVER clause");
        refuseIf(form.withinGroup(), "window function " + name + " cannot have WITHIN GROUP");
        refuseIf(form.star(), name + "(*) specified, but " + name + " is not an aggregate function");
        if (form.distinct()) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "DISTINCT is not implemented for window functions");
        }
        if (form.ordered()) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "aggregate ORDER BY is not implemented for window functions");
        }
        if (form.filtered()) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "FILTER is not implemented for non-aggregate window functions");
        }
    }

    private static void checkAggregate(FunctionSignature signature, int argumentCount, CallForm form) {
        String name = signature.name();
        refuseIf(
                argumentCount == 0 && !form.star() && !form.withinGroup(),
                name + "(*) must be used to call a parameterless aggregate function");
        if (signature.orderedSet()) {
            refuseIf(!form.withinGroup(), "WITHIN GROUP is required for ordered-set aggregate " + name);
            if (form.over()) {
                throw new SqlException(
                        SqlState.FEATURE_NOT_SUPPORTED, "OVER is not supported for ordered-set aggregate " + name);
            }
        } else if (form.withinGroup()) {
            throw new SqlException(SqlError.error(
                    SqlState.WRONG_OBJECT_TYPE,
                    name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP"));
        }
        if (form.over() && form.distinct()) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "DISTINCT is not implemented for window functions");
        }
        if (form.over() && form.ordered()) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "aggregate ORDER BY is not implemented for window functions");
        }
    }

    private static void refuseIf(boolean wrong, String message) {
        if (wrong) {
            throw new SqlException(SqlState.WRONG_OBJECT_TYPE, message);
        }
    }
}
