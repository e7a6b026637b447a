package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.IdentifierSource;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.definition.DefinitionContext;
import dev.boreal.queryprocessor.catalog.definition.Definitions;
import dev.boreal.queryprocessor.catalog.definition.ExpressionChecker;
import dev.boreal.queryprocessor.catalog.definition.QueryAnalyzer;
import dev.boreal.queryprocessor.catalog.definition.SequenceStates;
import dev.boreal.queryprocessor.catalog.definition.TableRows;
import dev.boreal.queryprocessor.catalog.definition.TypeResolver;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.PendingChecks;
import dev.boreal.queryprocessor.execute.TableWriter;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER, DROP and their kin: gives {@link Definitions} what it needs of this session. */
final class DefinitionCommands {
    private final Database database;
    private final Session session;
    private final Statements statements;
    private final StatementPlanner planner;

    DefinitionCommands(Database database, Session session, Statements statements, StatementPlanner planner) {
        this.database = database;
        this.session = session;
        this.statements = statements;
        this.planner = planner;
    }

    void run(DefinitionStatement statement) {
        if (session.transactions().readOnly()) {
            throw new SqlException(
                    SqlState.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + statement.commandTag() + " in a read-only transaction");
        }
        if (statement instanceof TableDefinition.CreateTableAs create) {
            session.tags().complete(createTableAs(create));
        } else {
            session.tags().complete(Definitions.execute(statement, new Context()));
        }
    }

    private String createTableAs(TableDefinition.CreateTableAs create) {
        if (create.ifNotExists() && exists(create)) {
            session.context()
                    .notice(dev.boreal.contracts.sql.SqlError.notice(
                            "relation \"" + create.into().name().name() + "\" already exists, skipping"));
            return "CREATE TABLE AS";
        }
        if (create.query() == null) {
            throw SqlException.notSupported("CREATE TABLE AS EXECUTE");
        }
        Plan plan = planner.plan(create.query(), List.of());
        List<String> names = create.into().columns();
        if (names.size() > plan.columns().size()) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "too many column names were specified");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            Plan.OutputColumn column = plan.columns().get(i);
            String name = i < names.size() ? names.get(i) : column.name();
            columns.add(Column.of(i + 1, name, column.type(), column.typeModifier()));
        }
        Table table = Definitions.createTable(new Context(), create.into().name(), columns);
        return "SELECT " + (Boolean.FALSE.equals(create.withData()) ? 0 : fill(table, plan));
    }

    private boolean exists(TableDefinition.CreateTableAs create) {
        return session.context()
                        .names()
                        .findOid(
                                dev.boreal.queryprocessor.type.ObjectNames.Kind.RELATION,
                                create.into().name().toString())
                != null;
    }

    private long fill(Table table, Plan plan) {
        Transaction transaction = session.transactions().current();
        TableWriter writer = new TableWriter(
                table,
                transaction.catalog(),
                Planner.compiler(transaction.catalog(), session.context().searchPath()));
        PendingChecks pending = new PendingChecks();
        long rows = 0;
        try (Execution execution = statements.execution(plan, Statements.NO_PARAMETERS);
                Operator.Cursor cursor = execution.open(plan.root())) {
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                writer.insert(row.clone(), execution, pending);
                rows++;
            }
        }
        return rows;
    }

    /** The session as a definition sees it. */
    private final class Context implements DefinitionContext {
        private final DefinitionRows rows = new DefinitionRows(session);

        @Override
        public Transaction transaction() {
            return session.transactions().current();
        }

        @Override
        public EvaluationContext evaluation() {
            return session.context();
        }

        @Override
        public CatalogStore store() {
            return database.store();
        }

        @Override
        public IdentifierSource identifiers() {
            return database.identifiers();
        }

        @Override
        public TypeResolver types() {
            return Planner::resolveType;
        }

        @Override
        public ExpressionChecker expressions() {
            return Planner.checker(transaction().catalog(), session.context().searchPath());
        }

        @Override
        public QueryAnalyzer queries() {
            return Planner.analyzer(transaction().catalog(), session.context().searchPath());
        }

        @Override
        public TableRows rows() {
            return rows;
        }

        @Override
        public SequenceStates sequences() {
            return database.sequences();
        }

        @Override
        public byte[] salt() {
            return database.randomBytes(16);
        }
    }
}
