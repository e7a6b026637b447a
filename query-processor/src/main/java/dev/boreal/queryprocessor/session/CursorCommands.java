package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PREPARE, EXECUTE, DEALLOCATE, DECLARE, FETCH, MOVE, CLOSE, DISCARD: what a session keeps by name. */
final class CursorCommands {
    private final Session session;
    private final Statements statements;
    private final StatementPlanner planner;

    CursorCommands(Session session, Statements statements, StatementPlanner planner) {
        this.session = session;
        this.statements = statements;
        this.planner = planner;
    }

    void run(SessionStatement statement, ParsedStatement parsed, boolean describe) {
        String tag = statement.commandTag();
        switch (statement) {
            case SessionStatement.Prepare prepare -> prepare(prepare, parsed);
            case SessionStatement.Execute execute -> tag = execute(execute, describe);
            case SessionStatement.Deallocate deallocate -> deallocate(deallocate);
            case SessionStatement.DeclareCursor declare -> declare(declare, parsed);
            case SessionStatement.Fetch fetch -> tag = fetch(fetch, describe);
            case SessionStatement.CloseCursor close -> close(close);
            case SessionStatement.Discard discard -> discard(discard);
            case SessionStatement.Unlisten ignored -> {}
            case SessionStatement.Listen ignored -> throw SqlException.notSupported("LISTEN");
            case SessionStatement.Notify ignored -> throw SqlException.notSupported("NOTIFY");
            case SessionStatement.SetFromCurrent ignored -> throw SqlException.notSupported("SET FROM CURRENT");
            default -> throw new IllegalStateException("not a statement about names: " + statement);
        }
        session.tags().complete(tag);
    }

    // Prepared statements ---------------------------------------------------------------------------------------

    private void prepare(SessionStatement.Prepare prepare, ParsedStatement parsed) {
        session.prepared().requireFree(prepare.name());
        List<Integer> types = new ArrayList<>();
        for (TypeName type : prepare.parameterTypes()) {
            types.add(Planner.resolveType(type).type().oid());
        }
        ParsedStatement inner = new ParsedStatement(prepare.statement(), prepare.text(), parsed.parameterCount());
        PreparedStatement made = new PreparedStatement(
                prepare.name(), inner, types, session.context().clockTimestampMicros(), true);
        planner.plan(inner, types, made, true);
        session.prepared().put(made);
    }

    private Plan planOf(PreparedStatement prepared) {
        ParsedStatement statement = prepared.statement();
        Plan plan = statement == null ? null : planner.plan(statement, prepared.parameterTypes(), prepared, true);
        if (plan == null) {
            throw SqlException.notSupported("EXECUTE of a statement that is not a query");
        }
        return plan;
    }

    private String execute(SessionStatement.Execute execute, boolean describe) {
        PreparedStatement prepared = session.prepared().find(execute.name());
        Plan plan = planOf(prepared);
        List<Expression> arguments = execute.arguments();
        if (arguments.size() != plan.parameterTypes().size()) {
            throw new SqlException(SqlError.error(
                            SqlState.SYNTAX_ERROR,
                            "wrong number of parameters for prepared statement \"" + execute.name() + "\"")
                    .withDetail("Expected " + plan.parameterTypes().size() + " parameters but got " + arguments.size()
                            + "."));
        }
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            SqlType type = plan.parameterTypes().get(i);
            Scalar value = Planner.compileValue(
                    arguments.get(i),
                    type,
                    session.transactions().current().catalog(),
                    session.context().searchPath());
            try (Execution execution = constants()) {
                values[i] = value.evaluate(Statements.NO_PARAMETERS, execution);
            }
        }
        ParsedStatement statement = java.util.Objects.requireNonNull(prepared.statement());
        try (Portal portal = new Portal("", statement, plan, values, Statements.ALL_TEXT, now())) {
            if (describe && plan.givesRows()) {
                session.sink().rowDescription(RowOutput.describe(plan.columns(), Statements.ALL_TEXT));
            }
            return plan.command().tag(statements.run(portal, plan, 0));
        }
    }

    private Execution constants() {
        return new Execution(session.context(), session.transactions().current(), Statements.NO_PARAMETERS, 0, 0);
    }

    List<OutputColumn> columns(SessionStatement.Execute execute) {
        Plan plan = session.prepared().find(execute.name()).plan();
        return plan == null ? List.of() : plan.columns();
    }

    private void deallocate(SessionStatement.Deallocate deallocate) {
        if (deallocate.name() == null) {
            session.prepared().clear();
        } else {
            session.prepared().find(deallocate.name());
            session.prepared().remove(deallocate.name());
        }
    }

    // Cursors ---------------------------------------------------------------------------------------------------

    private void declare(SessionStatement.DeclareCursor declare, ParsedStatement parsed) {
        if (!declare.hold() && !session.transactions().inBlock()) {
            throw new SqlException(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION, "DECLARE CURSOR can only be used in transaction blocks");
        }
        if (session.portals().contains(declare.name())) {
            throw new SqlException(SqlState.DUPLICATE_CURSOR, "cursor \"" + declare.name() + "\" already exists");
        }
        Plan plan = planner.plan(declare.query(), List.of());
        short[] formats = declare.binary() ? new short[] {1} : Statements.ALL_TEXT;
        Portal portal = new Portal(declare.name(), parsed, plan, Statements.NO_PARAMETERS, formats, now());
        boolean scroll = Boolean.TRUE.equals(declare.scroll());
        boolean noScroll = Boolean.FALSE.equals(declare.scroll());
        portal.execution(() -> statements.execution(plan, portal.parameters()));
        session.portals().put(portal.asCursor(scroll, noScroll, declare.hold()));
    }

    private long now() {
        return session.context().statementTimestampMicros();
    }

    private Portal findCursor(String name) {
        Portal portal = session.portals().get(name);
        if (portal == null || portal.plan() == null) {
            throw new SqlException(SqlState.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist");
        }
        return portal;
    }

    List<OutputColumn> columns(SessionStatement.Fetch fetch) {
        Plan plan = findCursor(fetch.cursor()).plan();
        return plan == null || fetch.move() ? List.of() : plan.columns();
    }

    private String fetch(SessionStatement.Fetch fetch, boolean describe) {
        Portal portal = findCursor(fetch.cursor());
        Plan plan = java.util.Objects.requireNonNull(portal.plan());
        @Nullable Execution execution = portal.execution(() -> statements.execution(plan, portal.parameters()));
        if (describe && !fetch.move()) {
            session.sink().rowDescription(RowOutput.describe(plan.columns(), portal.resultFormats()));
        }
        long count = switch (fetch.direction()) {
            case FORWARD -> portal.forward(fetch.count(), execution, plan, row -> send(fetch, portal, plan, row));
            case BACKWARD -> portal.backward(fetch.count(), row -> send(fetch, portal, plan, row));
            case ABSOLUTE -> portal.absolute(fetch.count(), execution, plan, row -> send(fetch, portal, plan, row));
            case RELATIVE -> portal.relative(fetch.count(), execution, plan, row -> send(fetch, portal, plan, row));
        };
        return fetch.commandTag() + " " + count;
    }

    private void send(SessionStatement.Fetch fetch, Portal portal, Plan plan, @Nullable Object[] row) {
        if (!fetch.move()) {
            RowOutput.row(row, plan.columns(), portal.resultFormats(), session.sink(), session.context());
        }
    }

    private void close(SessionStatement.CloseCursor close) {
        if (close.name() == null) {
            session.portals().closeAll();
        } else {
            findCursor(close.name());
            session.portals().close(close.name());
        }
    }

    private void discard(SessionStatement.Discard discard) {
        switch (discard.what()) {
            case ALL -> {
                if (session.transactions().inBlock()) {
                    throw new SqlException(
                            SqlState.ACTIVE_SQL_TRANSACTION, "DISCARD ALL cannot run inside a transaction block");
                }
                session.portals().closeAll();
                session.prepared().clear();
                session.locks().unlockAll();
                session.settings().resetAll();
                session.context().discardSequences();
            }
            case SEQUENCES -> session.context().discardSequences();
            case PLANS, TEMPORARY -> {}
        }
    }
}
