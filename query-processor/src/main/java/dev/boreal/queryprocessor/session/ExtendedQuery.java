package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extended protocol: Parse makes a prepared statement, Bind a portal of it, Execute runs that, and Sync ends the
 * transaction unless there is a block. Each does nothing where it would wait and must not. One thread at a time.
 */
final class ExtendedQuery {
    private final Database database;
    private final Session session;
    private final Transactions transactions;
    private final Statements statements;
    private final StatementPlanner planner;

    /** What Sync repeats if its commit conflicts: the one Execute since the last Sync. */
    private @Nullable Portal repeatable;

    private int repeatableMaxRows;
    private long repeatableFrom;
    private int executions;

    /** Values of a Bind message: formats of all, and where each lies. */
    record BoundValues(short[] formats, byte[] buffer, int[] offsets, int[] lengths) {}

    ExtendedQuery(Database database, Session session, Statements statements) {
        this.database = database;
        this.session = session;
        this.statements = statements;
        transactions = session.transactions();
        planner = statements.planner();
    }

    // Parse -----------------------------------------------------------------------------------------------------

    Progress parse(String name, String sql, int[] parameterTypes, boolean mayBlock) {
        session.prepared().requireFree(name);
        PreparedStatement made = prepare(name, sql, parameterTypes, mayBlock);
        if (made == null) {
            return Progress.WOULD_BLOCK;
        }
        session.prepared().put(made);
        session.sink().parseComplete();
        return Progress.DONE;
    }

    /** Null if it would wait. Statements that are planned are planned here, for their errors. */
    private @Nullable PreparedStatement prepare(String name, String sql, int[] parameterTypes, boolean mayBlock) {
        List<ParsedStatement> parsed = database.plans().parse(sql);
        if (parsed.size() > 1) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        ParsedStatement statement = parsed.isEmpty() ? null : parsed.getFirst();
        if (statement != null && transactions.failed() && !TransactionCommands.endsTransaction(statement.statement())) {
            transactions.requireUsable();
        }
        List<Integer> types = Arrays.stream(parameterTypes).boxed().toList();
        PreparedStatement made =
                new PreparedStatement(name, statement, types, session.context().clockTimestampMicros(), false);
        if (statement != null && statement.statement() instanceof PreparableStatement) {
            session.context().statementBegan();
            if (!transactions.begin(mayBlock) || planner.plan(statement, types, made, mayBlock) == null) {
                return null;
            }
        }
        return made;
    }

    // Bind ------------------------------------------------------------------------------------------------------

    Progress bind(String name, String statement, BoundValues values, short[] resultFormats, boolean mayBlock) {
        PreparedStatement prepared = session.prepared().find(statement);
        if (!name.isEmpty() && session.portals().contains(name)) {
            throw new SqlException(SqlState.DUPLICATE_CURSOR, "portal \"" + name + "\" already exists");
        }
        Portal made = bind(name, prepared, values, resultFormats, mayBlock);
        if (made == null) {
            return Progress.WOULD_BLOCK;
        }
        session.portals().close(name);
        session.portals().put(made);
        session.sink().bindComplete();
        return Progress.DONE;
    }

    /** Null if it would wait. */
    private @Nullable Portal bind(
            String name, PreparedStatement prepared, BoundValues values, short[] resultFormats, boolean mayBlock) {
        ParsedStatement statement = prepared.statement();
        if (statement == null || !(statement.statement() instanceof PreparableStatement)) {
            return new Portal(
                    name,
                    statement,
                    null,
                    Statements.NO_PARAMETERS,
                    resultFormats,
                    session.context().statementTimestampMicros());
        }
        transactions.requireUsable();
        session.context().statementBegan();
        if (!transactions.begin(mayBlock)) {
            return null;
        }
        Plan plan = planner.plan(statement, prepared.parameterTypes(), prepared, mayBlock);
        if (plan == null) {
            return null;
        }
        if (values.lengths().length != plan.parameterTypes().size()) {
            throw new SqlException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message supplies " + values.lengths().length + " parameters, but prepared statement \""
                            + prepared.name() + "\" requires "
                            + plan.parameterTypes().size());
        }
        if (resultFormats.length > 1 && resultFormats.length != plan.columns().size()) {
            throw new SqlException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message has " + resultFormats.length + " result formats but query has "
                            + plan.columns().size() + " columns");
        }
        return new Portal(
                name,
                statement,
                plan,
                read(values, plan.parameterTypes()),
                resultFormats,
                session.context().statementTimestampMicros());
    }

    private @Nullable Object[] read(BoundValues values, List<SqlType> types) {
        @Nullable Object[] parameters = new Object[types.size()];
        for (int i = 0; i < parameters.length; i++) {
            int length = values.lengths()[i];
            if (length >= 0) {
                parameters[i] = RowOutput.format(values.formats(), i) == FieldDescription.BINARY
                        ? types.get(i).readBinary(values.buffer(), values.offsets()[i], length, session.context())
                        : types.get(i).parse(values.buffer(), values.offsets()[i], length, session.context());
            }
        }
        return parameters;
    }

    // Describe --------------------------------------------------------------------------------------------------

    Progress describeStatement(String name, boolean mayBlock) {
        PreparedStatement prepared = session.prepared().find(name);
        ParsedStatement statement = prepared.statement();
        Plan plan = null;
        if (statement != null && statement.statement() instanceof PreparableStatement) {
            transactions.requireUsable();
            if (!transactions.begin(mayBlock)) {
                return Progress.WOULD_BLOCK;
            }
            plan = planner.plan(statement, prepared.parameterTypes(), prepared, mayBlock);
            if (plan == null) {
                return Progress.WOULD_BLOCK;
            }
        }
        session.sink()
                .parameterDescription(
                        plan == null
                                ? prepared.parameterTypes().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()
                                : plan.parameterTypes().stream()
                                        .mapToInt(SqlType::oid)
                                        .toArray());
        describeColumns(statement, plan, Statements.ALL_TEXT);
        return Progress.DONE;
    }

    void describePortal(String name) {
        Portal portal = find(name);
        describeColumns(portal.statement(), portal.plan(), portal.resultFormats());
    }

    private void describeColumns(@Nullable ParsedStatement statement, @Nullable Plan plan, short[] formats) {
        List<OutputColumn> columns = plan != null
                ? plan.columns()
                : statement == null ? List.of() : statements.columnsOf(statement.statement());
        if (plan == null ? columns.isEmpty() : !plan.givesRows()) {
            session.sink().noData();
        } else {
            session.sink().rowDescription(RowOutput.describe(columns, formats));
        }
    }

    // Execute ---------------------------------------------------------------------------------------------------

    private Portal find(String name) {
        Portal found = session.portals().get(name);
        if (found == null) {
            throw new SqlException(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return found;
    }

    Progress execute(String name, int maxRows, boolean mayBlock) {
        Portal portal = find(name);
        long from = session.sink().position();
        boolean implicit = !transactions.inBlock();
        Progress progress = execute(portal, maxRows, mayBlock);
        if (progress == Progress.DONE) {
            executions++;
            repeatable = implicit && executions == 1 && portal.plan() != null ? portal : null;
            repeatableMaxRows = maxRows;
            repeatableFrom = from;
        }
        return progress;
    }

    private Progress execute(Portal portal, int maxRows, boolean mayBlock) {
        ParsedStatement statement = portal.statement();
        if (statement == null) {
            session.sink().emptyQueryResponse();
            return Progress.DONE;
        }
        Plan plan = portal.plan();
        if (plan == null) {
            return statements.other(statement, mayBlock, false);
        }
        transactions.requireUsable();
        if (!mayBlock && statements.mustNotRunInline(plan, false)) {
            return Progress.WOULD_BLOCK;
        }
        if (!transactions.begin(mayBlock)) {
            return Progress.WOULD_BLOCK;
        }
        if (!portal.started()) {
            statements.began(statement.text());
        }
        long count = statements.run(portal, plan, maxRows);
        if (maxRows > 0 && !portal.ended() && count >= maxRows) {
            session.sink().portalSuspended();
        } else {
            session.sink().commandComplete(plan.command().tag(count));
        }
        return Progress.DONE;
    }

    // Sync ------------------------------------------------------------------------------------------------------

    /** Whether {@link #sync} would wait. */
    boolean syncWaits() {
        return !transactions.inBlock() && transactions.commitWaits();
    }

    /** Ends the transaction unless there is a block; where that conflicts, it runs the only Execute again. */
    void sync() {
        Portal again = repeatable;
        repeatable = null;
        executions = 0;
        if (transactions.inBlock()) {
            return;
        }
        for (int attempt = 0; ; attempt++) {
            try {
                if (again != null) {
                    again.close();
                }
                session.boundaries().commit();
                return;
            } catch (SqlException e) {
                if (again == null) {
                    throw e;
                }
                session.boundaries().repeatOrThrow(e, attempt, session.sink(), repeatableFrom);
                again.restart();
                execute(again, repeatableMaxRows, true);
            }
        }
    }
}
