package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.Workspace;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.syntax.NormalizedStatement;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.StatementNormalizer;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement;
import dev.boreal.queryprocessor.syntax.tree.Unsupported;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans and runs the statements of one session. Statements that are planned (SELECT, INSERT, UPDATE, DELETE, VALUES) go
 * through portals; every other kind has a class of its own.
 */
final class Statements {
    static final short[] ALL_TEXT = new short[0];
    static final @Nullable Object[] NO_PARAMETERS = new Object[0];

    /** What the operators of one execution may hold together. */
    private static final long WORKSPACE_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private final Database database;
    private final Session session;
    private final StatementNormalizer normalizer = new StatementNormalizer();
    private final StatementPlanner planner;
    private final SettingCommands settings;
    private final TransactionCommands transactionCommands;
    private final CursorCommands cursors;
    private final CopyCommand copy;
    private final ExplainCommand explain;
    private final DefinitionCommands definitions;
    private final MaintenanceCommands maintenance;
    private long sortBytes;
    private long settingsGeneration;

    Statements(Database database, Session session) {
        this.database = database;
        this.session = session;
        planner = new StatementPlanner(database, session);
        settings = new SettingCommands(session);
        transactionCommands = new TransactionCommands(session, settings);
        cursors = new CursorCommands(session, this, planner);
        copy = new CopyCommand(session, this, planner);
        explain = new ExplainCommand(session, this, planner);
        definitions = new DefinitionCommands(database, session, this, planner);
        maintenance = new MaintenanceCommands(database, session);
    }

    StatementPlanner planner() {
        return planner;
    }

    SettingCommands settings() {
        return settings;
    }

    private Transactions transactions() {
        return session.transactions();
    }

    /** When the statement came in. */
    private long now() {
        return session.context().statementTimestampMicros();
    }

    /** A statement begins, for its timeout, for now() and for pg_stat_activity. */
    void began(String text) {
        session.context().statementBegan();
        session.activity().runs(text, now());
    }

    // Simple query ----------------------------------------------------------------------------------------------

    /** What the only statement of a simple query has in common with others; null if it shall be planned as it stands. */
    @Nullable NormalizedStatement normalize(String sql) {
        if (sql.length() > PlanCache.LONGEST_TEXT || transactions().failed()) {
            return null;
        }
        NormalizedStatement normalized = normalizer.normalize(sql);
        return normalized == null || normalized.literalCount() == 0 ? null : normalized;
    }

    /** Runs a simple query of one statement by the plan of its template, or as it stands if that has none. */
    Progress simple(StatementTemplate template, NormalizedStatement normalized, String sql, boolean mayBlock) {
        began(sql);
        if (!transactions().begin(mayBlock)) {
            return Progress.WOULD_BLOCK;
        }
        StatementTemplate.Planned planned = planner.plan(template, mayBlock);
        if (planned == null) {
            return Progress.WOULD_BLOCK;
        }
        Plan plan = planned.plan();
        @Nullable Object[] values = plan == null ? null : StatementTemplate.values(normalized, plan, session.context());
        if (plan == null || values == null) {
            return asItStands(database.plans().parse(sql).getFirst(), mayBlock);
        }
        if (!mayBlock && mustNotRunInline(plan, true)) {
            return Progress.WOULD_BLOCK;
        }
        return answer(template.statement(), plan, values);
    }

    /** Runs one statement of a simple query, in text format, and writes its whole answer. */
    Progress simple(ParsedStatement statement, boolean mayBlock) {
        if (!(statement.statement() instanceof PreparableStatement)) {
            return other(statement, mayBlock, true);
        }
        transactions().requireUsable();
        began(statement.text());
        return asItStands(statement, mayBlock);
    }

    /** Runs a statement that has begun. */
    private Progress asItStands(ParsedStatement statement, boolean mayBlock) {
        if (!transactions().begin(mayBlock)) {
            return Progress.WOULD_BLOCK;
        }
        if (statement.parameterCount() > 0) {
            throw new SqlException(SqlState.UNDEFINED_PARAMETER, "there is no parameter $1");
        }
        Plan plan = planner.plan(statement, List.of(), null, mayBlock);
        if (plan == null || (!mayBlock && mustNotRunInline(plan, true))) {
            return Progress.WOULD_BLOCK;
        }
        return answer(statement, plan, NO_PARAMETERS);
    }

    private Progress answer(ParsedStatement statement, Plan plan, @Nullable Object[] parameters) {
        try (Portal portal = new Portal("", statement, plan, parameters, ALL_TEXT, now())) {
            if (plan.givesRows()) {
                session.sink().rowDescription(RowOutput.describe(plan.columns(), ALL_TEXT));
            }
            long count = run(portal, plan, 0);
            session.tags().complete(plan.command().tag(count));
        }
        return Progress.DONE;
    }

    /** Whether a plan may take long or, with the commit that follows a single statement, would wait. */
    boolean mustNotRunInline(Plan plan, boolean commitFollows) {
        return !plan.brief()
                || (plan.writes() && commitFollows && !transactions().inBlock());
    }

    // Running plans ---------------------------------------------------------------------------------------------

    private Workspace workspace() {
        Settings current = session.settings();
        if (sortBytes == 0 || settingsGeneration != current.generation()) {
            sortBytes = current.number("work_mem") << 10;
            settingsGeneration = current.generation();
        }
        return new Workspace(
                Math.min(sortBytes, WORKSPACE_BYTES / 4),
                WORKSPACE_BYTES,
                database.configuration().spillDirectory());
    }

    /** An execution of a plan in the current transaction. */
    Execution execution(Plan plan, @Nullable Object[] parameters) {
        if (plan.writes() && transactions().readOnly()) {
            throw new SqlException(
                    SqlState.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + plan.command() + " in a read-only transaction");
        }
        return new Execution(
                session.context(),
                transactions().current(),
                parameters,
                plan.outerSlots(),
                plan.sharedSlots(),
                workspace());
    }

    /** Reads a cursor WITH HOLD to its end within its transaction. */
    void hold(Portal portal) {
        Plan plan = java.util.Objects.requireNonNull(portal.plan());
        portal.hold(() -> execution(plan, portal.parameters()), plan);
    }

    /** Sends rows until the end or, with {@code maxRows} above 0, so many; returns what the tag counts. */
    long run(Portal portal, Plan plan, long maxRows) {
        @Nullable Execution execution = portal.execution(() -> execution(plan, portal.parameters()));
        ResultSink sink = session.sink();
        List<OutputColumn> columns = plan.columns();
        long sent = 0;
        while (maxRows == 0 || sent < maxRows) {
            @Nullable Object[] row = portal.next(execution, plan);
            if (row == null) {
                break;
            }
            if (plan.givesRows()) {
                RowOutput.row(row, columns, portal.resultFormats(), sink, session.context());
            }
            sent++;
        }
        return plan.command() == Plan.Command.SELECT ? sent : portal.count();
    }

    /** Every row of a plan, for statements that hold queries. */
    List<@Nullable Object[]> rows(Plan plan, @Nullable Object[] parameters) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Execution execution = execution(plan, parameters);
                var cursor = execution.open(plan.root())) {
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    // Everything that is not planned ----------------------------------------------------------------------------

    /** Runs what is not planned; {@code describe} sends the shape of its rows before them. */
    Progress other(ParsedStatement parsed, boolean mayBlock, boolean describe) {
        Statement statement = parsed.statement();
        if (!TransactionCommands.endsTransaction(statement)) {
            transactions().requireUsable();
        }
        began(parsed.text());
        switch (statement) {
            case TransactionStatement transaction -> {
                return transactionCommands.run(transaction, mayBlock);
            }
            case SessionStatement.Show show -> settings.show(show, describe);
            case SessionStatement.SetParameter set -> {
                if (SettingCommands.needsCatalog(set) && !transactions().begin(mayBlock)) {
                    return Progress.WOULD_BLOCK;
                }
                settings.set(set);
            }
            case SessionStatement.Reset reset -> settings.reset(reset);
            case Unsupported unsupported ->
                throw new SqlException(
                        SqlError.error(SqlState.FEATURE_NOT_SUPPORTED, unsupported.feature() + " is not supported")
                                .withPosition(unsupported.position()));
            default -> {
                if (!mayBlock) {
                    return Progress.WOULD_BLOCK;
                }
                transactions().begin(true);
                blocking(parsed, describe);
            }
        }
        return Progress.DONE;
    }

    private void blocking(ParsedStatement parsed, boolean describe) {
        switch (parsed.statement()) {
            case SessionStatement statement -> cursors.run(statement, parsed, describe);
            case DefinitionStatement statement -> definitions.run(statement);
            case UtilityStatement.Copy statement -> copy.run(statement);
            case UtilityStatement.Explain statement -> explain.run(statement, describe);
            case UtilityStatement statement -> maintenance.run(statement);
            default -> throw new IllegalStateException("no way to run " + parsed.statement());
        }
    }

    /** The columns of what is not planned; none if it gives no rows. */
    List<OutputColumn> columnsOf(Statement statement) {
        return switch (statement) {
            case SessionStatement.Show show -> settings.columns(show);
            case SessionStatement.Fetch fetch -> cursors.columns(fetch);
            case SessionStatement.Execute execute -> cursors.columns(execute);
            case UtilityStatement.Explain ignored -> List.of(textColumn("QUERY PLAN"));
            default -> List.of();
        };
    }

    static OutputColumn textColumn(String name) {
        return new OutputColumn(name, TypeRegistry.TEXT, -1, 0, 0);
    }
}
