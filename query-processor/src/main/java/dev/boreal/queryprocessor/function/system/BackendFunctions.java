package dev.boreal.queryprocessor.function.system;

import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.integer;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlRecord;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reaches beyond the transaction: other sessions, advisory locks, where sequences stand. */
public final class BackendFunctions implements FunctionProvider {
    private static final int SEQUENCE_POSITION_OID = 13301;

    @Override
    public void register(Bindings bindings) {
        sessions(bindings);
        sessionLocks(bindings);
        transactionLocks(bindings);
        sequences(bindings);
    }

    private static void sessions(Bindings bindings) {
        bindings.scalar(
                        "pg_cancel_backend(int4)",
                        (c, a) -> told(c, c.backends().cancel(integer(a, 0)), integer(a, 0)))
                .scalar(
                        "pg_terminate_backend(int4,int8)",
                        (c, a) -> told(c, c.backends().terminate(integer(a, 0)), integer(a, 0)))
                .scalar(
                        "pg_blocking_pids(int4), pg_safe_snapshot_blocking_pids(int4)",
                        (c, a) -> SqlArray.of(TypeRegistry.INT4.oid(), new Object[0]));
    }

    /** The session itself may be the one that was told: then it stops here. */
    private static boolean told(EvaluationContext context, boolean found, int processId) {
        if (!found) {
            context.notice(
                    SqlError.warning(SqlState.WARNING, "PID " + processId + " is not a PostgreSQL backend process"));
        }
        context.checkCancelled();
        return found;
    }

    private static AdvisoryLocks.Key key(@Nullable Object[] arguments) {
        return arguments.length == 1
                ? new AdvisoryLocks.Key(bigint(arguments, 0), false)
                : new AdvisoryLocks.Key(
                        (long) integer(arguments, 0) << Integer.SIZE | integer(arguments, 1) & 0xffff_ffffL, true);
    }

    private static String both(String name) {
        return name + "(int8), " + name + "(int4,int4)";
    }

    private static void sessionLocks(Bindings bindings) {
        bindings.scalar(
                        both("pg_try_advisory_lock"),
                        (c, a) -> c.advisoryLocks().tryLock(key(a)))
                .scalar(both("pg_advisory_lock"), (c, a) -> {
                    c.advisoryLocks().lock(key(a));
                    return "";
                })
                .scalar(both("pg_advisory_unlock"), (c, a) -> {
                    boolean held = c.advisoryLocks().unlock(key(a));
                    if (!held) {
                        c.notice(SqlError.warning(SqlState.WARNING, "you don't own a lock of type ExclusiveLock"));
                    }
                    return held;
                })
                .scalar("pg_advisory_unlock_all()", (c, a) -> {
                    c.advisoryLocks().unlockAll();
                    return "";
                })
                .scalar(
                        both("pg_try_advisory_lock_shared") + ", " + both("pg_advisory_lock_shared") + ", "
                                + both("pg_advisory_unlock_shared"),
                        (c, a) -> {
                            throw SqlException.notSupported("a shared advisory lock of a session");
                        });
    }

    private static void transactionLocks(Bindings bindings) {
        bindings.scalar(both("pg_try_advisory_xact_lock"), (c, a) -> {
                    c.advisoryLocks().claim(key(a));
                    return true;
                })
                .scalar(both("pg_advisory_xact_lock"), (c, a) -> {
                    c.advisoryLocks().claim(key(a));
                    return "";
                })
                .scalar(
                        both("pg_try_advisory_xact_lock_shared") + ", " + both("pg_advisory_xact_lock_shared"),
                        (c, a) -> {
                            throw SqlException.notSupported("a shared advisory lock of a transaction");
                        });
    }

    private static void sequences(Bindings bindings) {
        List<String> names = List.of("last_value", "log_cnt", "is_called");
        List<SqlType> types = List.of(TypeRegistry.INT8, TypeRegistry.INT8, TypeRegistry.BOOL);
        List<FunctionSignature.OutputColumn> columns = List.of(
                new FunctionSignature.OutputColumn("last_value", TypeRegistry.INT8),
                new FunctionSignature.OutputColumn("log_cnt", TypeRegistry.INT8),
                new FunctionSignature.OutputColumn("is_called", TypeRegistry.BOOL));
        FunctionSignature signature = new FunctionSignature(
                SEQUENCE_POSITION_OID,
                "pg_catalog",
                "boreal_sequence_position",
                FunctionSignature.Kind.FUNCTION,
                List.of(TypeRegistry.REGCLASS),
                List.of(),
                List.of(),
                false,
                TypeRegistry.RECORD,
                columns,
                true,
                FunctionSignature.Volatility.VOLATILE,
                false,
                false,
                false,
                0);
        bindings.declare(signature, (c, a) -> {
            EvaluationContext.SequencePosition position = c.position(integer(a, 0));
            return new SqlRecord(
                    types, names, new Object[] {position.lastValue(), position.ahead(), position.called()});
        });
    }
}
