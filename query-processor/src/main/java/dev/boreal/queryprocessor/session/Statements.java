package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.Workspace;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.plan.PlanningContext;
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
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final SettingCommands settings;
    private final CursorCommands cursors;
    private final CopyCommand copy;
    private final ExplainCommand explain;
    private final DefinitionCommands definitions;
    private final MaintenanceCommands maintenance;
    private long sortBytes;
    private long settingsGeneration;

    /** Values of a Bind message: formats of all, and where each lies. */
    record BoundValues(short[] formats, byte[] buffer, int[] offsets, int[] lengths) {}

    Statements(Database database, Session session) {
        this.database = database;
        this.session = session;
        settings = new SettingCommands(session);
        cursors = new CursorCommands(session, this);
        copy = new CopyCommand(session, this);
        explain = new ExplainCommand(session, this);
        definitions = new DefinitionCommands(database, session, this);
        maintenance = new MaintenanceCommands(database, session);
    }

    private Transactions transactions() {
        return session.transactions();
    }

    /** When the statement came in. */
    private long now() {
        return session.context().statementTimestampMicros();
    }

    /** A statement begins, for its timeout, for now() and for pg_stat_activity. */
    private void began(String text) {
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
        CatalogSnapshot catalog = transactions().current().catalog();
        List<String> searchPath = session.context().searchPath();
        if (!template.plannedFor(catalog.version(), searchPath)) {
            if (!mayBlock) {
                return Progress.WOULD_BLOCK;
            }
            plan(template, catalog, searchPath);
        }
        Plan plan = template.plannedFor(catalog.version(), searchPath) ? template.plan() : null;
        @Nullable Object[] values = plan == null ? null : StatementTemplate.values(normalized, plan, session.context());
        if (plan == null || values == null) {
            return simple(database.plans().parse(sql).getFirst(), mayBlock);
        }
        if (!mayBlock && mustNotRunInline(plan, true)) {
            return Progress.WOULD_BLOCK;
        }
        return answer(template.statement(), plan, values);
    }

    /** Plans a template, unless the catalog is that of a transaction that changes it. */
    private void plan(StatementTemplate template, CatalogSnapshot catalog, List<String> searchPath) {
        if (catalog != database.catalogs().latest()) {
            return;
        }
        PlanCache.Key key = new PlanCache.Key(
                template.statement().text(), template.parameterTypes(), searchPath, catalog.version());
        Plan plan = database.plans().find(key);
        if (plan == null) {
            try {
                plan = plan(template.statement().statement(), template.parameterTypes());
                database.plans().add(key, plan);
            } catch (SqlException e) {
                plan = null;
            }
        }
        template.planned(key, plan);
    }

    /** Runs one statement of a simple query, in text format, and writes its whole answer. */
    Progress simple(ParsedStatement statement, boolean mayBlock) {
        if (!(statement.statement() instanceof PreparableStatement)) {
            return other(statement, mayBlock, true);
        }
        transactions().requireUsable();
        began(statement.text());
        if (!transactions().begin(mayBlock)) {
            return Progress.WOULD_BLOCK;
        }
        if (statement.parameterCount() > 0) {
            throw new SqlException(SqlState.UNDEFINED_PARAMETER, "there is no parameter $1");
        }
        Plan plan = plan(statement, List.of(), null, mayBlock);
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
            session.sink().commandComplete(plan.command().tag(count));
        }
        return Progress.DONE;
    }

    /** Whether a plan may take long or, with the commit that follows a single statement, would wait. */
    private boolean mustNotRunInline(Plan plan, boolean commitFollows) {
        return !plan.brief()
                || (plan.writes() && commitFollows && !transactions().inBlock());
    }

    // Planning --------------------------------------------------------------------------------------------------

    /**
     * The plan of a statement for the current transaction.
     *
     * @return null if it must be made and {@code mayBlock} is not set
     */
    @Nullable Plan plan(
            ParsedStatement statement,
            List<Integer> parameterTypes,
            @Nullable PreparedStatement prepared,
            boolean mayBlock) {
        CatalogSnapshot catalog = transactions().current().catalog();
        List<String> searchPath = session.context().searchPath();
        if (prepared != null && prepared.plannedFor(catalog.version(), searchPath)) {
            return prepared.plan();
        }
        PlanCache.Key key = new PlanCache.Key(statement.text(), parameterTypes, searchPath, catalog.version());
        boolean shared = catalog == database.catalogs().latest();
        Plan plan = shared ? database.plans().find(key) : null;
        if (plan == null) {
            if (!mayBlock) {
                return null;
            }
            plan = plan(statement.statement(), parameterTypes);
            if (shared) {
                database.plans().add(key, plan);
            }
        }
        if (prepared != null && shared) {
            prepared.planned(key, plan);
        }
        return plan;
    }

    /** Plans a statement without any cache. */
    Plan plan(Statement statement, List<Integer> parameterTypes) {
        return Planner.plan(
                statement,
                transactions().current().catalog(),
                new PlanningContext(
                        session.context().searchPath(), session.context().currentDatabase(), parameterTypes));
    }

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

    // Extended query --------------------------------------------------------------------------------------------

    /** Parse; null if it would wait. Statements that are planned are planned here, for their errors. */
    @Nullable PreparedStatement prepare(String name, String sql, int[] parameterTypes, boolean mayBlock) {
        List<ParsedStatement> parsed = database.plans().parse(sql);
        if (parsed.size() > 1) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        ParsedStatement statement = parsed.isEmpty() ? null : parsed.getFirst();
        if (statement != null && transactions().failed() && !endsTransaction(statement.statement())) {
            transactions().requireUsable();
        }
        List<Integer> types = Arrays.stream(parameterTypes).boxed().toList();
        PreparedStatement made =
                new PreparedStatement(name, statement, types, session.context().clockTimestampMicros(), false);
        if (statement != null && statement.statement() instanceof PreparableStatement) {
            session.context().statementBegan();
            if (!transactions().begin(mayBlock) || plan(statement, types, made, mayBlock) == null) {
                return null;
            }
        }
        return made;
    }

    static boolean endsTransaction(Statement statement) {
        return statement instanceof TransactionStatement.Commit
                || statement instanceof TransactionStatement.Rollback
                || statement instanceof TransactionStatement.RollbackTo;
    }

    /** Bind; null if it would wait. */
    @Nullable Portal bind(String name, PreparedStatement prepared, BoundValues values, short[] resultFormats, boolean mayBlock) {
        ParsedStatement statement = prepared.statement();
        if (statement == null || !(statement.statement() instanceof PreparableStatement)) {
            return new Portal(name, statement, null, NO_PARAMETERS, resultFormats, now());
        }
        transactions().requireUsable();
        session.context().statementBegan();
        if (!transactions().begin(mayBlock)) {
            return null;
        }
        Plan plan = plan(statement, prepared.parameterTypes(), prepared, mayBlock);
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
        return new Portal(name, statement, plan, read(values, plan.parameterTypes()), resultFormats, now());
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

    Progress describe(PreparedStatement prepared, boolean mayBlock) {
        ParsedStatement statement = prepared.statement();
        Plan plan = null;
        if (statement != null && statement.statement() instanceof PreparableStatement) {
            transactions().requireUsable();
            if (!transactions().begin(mayBlock)) {
                return Progress.WOULD_BLOCK;
            }
            plan = plan(statement, prepared.parameterTypes(), prepared, mayBlock);
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
        describeColumns(statement, plan, ALL_TEXT);
        return Progress.DONE;
    }

    void describe(Portal portal) {
        describeColumns(portal.statement(), portal.plan(), portal.resultFormats());
    }

    private void describeColumns(@Nullable ParsedStatement statement, @Nullable Plan plan, short[] formats) {
        List<OutputColumn> columns =
                plan != null ? plan.columns() : statement == null ? List.of() : columnsOf(statement.statement());
        if (plan == null ? columns.isEmpty() : !plan.givesRows()) {
            session.sink().noData();
        } else {
            session.sink().rowDescription(RowOutput.describe(columns, formats));
        }
    }

    private List<OutputColumn> columnsOf(Statement statement) {
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

    Progress execute(Portal portal, int maxRows, boolean mayBlock) {
        ParsedStatement statement = portal.statement();
        if (statement == null) {
            session.sink().emptyQueryResponse();
            return Progress.DONE;
        }
        Plan plan = portal.plan();
        if (plan == null) {
            return other(statement, mayBlock, false);
        }
        transactions().requireUsable();
        if (!mayBlock && mustNotRunInline(plan, false)) {
            return Progress.WOULD_BLOCK;
        }
        if (!transactions().begin(mayBlock)) {
            return Progress.WOULD_BLOCK;
        }
        if (!portal.started()) {
            began(statement.text());
        }
        long count = run(portal, plan, maxRows);
        if (maxRows > 0 && !portal.ended() && count >= maxRows) {
            session.sink().portalSuspended();
        } else {
            session.sink().commandComplete(plan.command().tag(count));
        }
        return Progress.DONE;
    }

    // Everything that is not planned ----------------------------------------------------------------------------

    private Progress other(ParsedStatement parsed, boolean mayBlock, boolean describe) {
        Statement statement = parsed.statement();
        if (!endsTransaction(statement)) {
            transactions().requireUsable();
        }
        began(parsed.text());
        switch (statement) {
            case TransactionStatement transaction -> {
                return transaction(transaction, mayBlock);
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

    private Progress transaction(TransactionStatement statement, boolean mayBlock) {
        Transactions transactions = transactions();
        switch (statement) {
            case TransactionStatement.Begin begin -> transactions.beginBlock(begin.modes());
            case TransactionStatement.Commit commit -> {
                if (!mayBlock && transactions.commitWaits()) {
                    return Progress.WOULD_BLOCK;
                }
                return commit(commit);
            }
            case TransactionStatement.Rollback rollback -> {
                if (rollback.chain()) {
                    requireBlock("ROLLBACK AND CHAIN");
                }
                warnOutsideBlock();
                session.rollbackBlock();
                if (rollback.chain()) {
                    transactions.beginBlock(TransactionStatement.Modes.NONE);
                }
            }
            case TransactionStatement.SetTransaction set -> {
                if (set.snapshot() != null) {
                    throw SqlException.notSupported("SET TRANSACTION SNAPSHOT");
                }
                settings.setTransaction(set);
            }
            case TransactionStatement.SetConstraints set -> {
                if (!transactions.begin(mayBlock)) {
                    return Progress.WOULD_BLOCK;
                }
                new ConstraintTiming(session).set(set);
            }
            case TransactionStatement.Savepoint savepoint -> {
                requireBlock("SAVEPOINT");
                if (!transactions.begin(mayBlock)) {
                    return Progress.WOULD_BLOCK;
                }
                transactions.savepoint(savepoint.name());
            }
            case TransactionStatement.Release release -> {
                requireBlock("RELEASE SAVEPOINT");
                transactions.release(release.name());
            }
            case TransactionStatement.RollbackTo rollback -> {
                requireBlock("ROLLBACK TO SAVEPOINT");
                session.releasePortals();
                transactions.rollbackTo(rollback.name());
            }
        }
        session.sink().commandComplete(statement.commandTag());
        return Progress.DONE;
    }

    private Progress commit(TransactionStatement.Commit commit) {
        if (commit.chain()) {
            requireBlock("COMMIT AND CHAIN");
        }
        warnOutsideBlock();
        boolean committed = session.commitBlock();
        if (commit.chain()) {
            transactions().beginBlock(TransactionStatement.Modes.NONE);
        }
        session.sink().commandComplete(committed ? "COMMIT" : "ROLLBACK");
        return Progress.DONE;
    }

    private void warnOutsideBlock() {
        if (!transactions().inBlock()) {
            session.context()
                    .notice(SqlError.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress"));
        }
    }

    private void requireBlock(String command) {
        if (!transactions().inBlock()) {
            throw new SqlException(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION, command + " can only be used in transaction blocks");
        }
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
}
