package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogKeys;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.FixedEvaluation;
import dev.boreal.queryprocessor.catalog.IdentifierSource;
import dev.boreal.queryprocessor.catalog.InMemoryTransaction;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.SqlPrinter;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;

/** A session for definitions over an {@link InMemoryTransaction}, whose tables are empty. Keeps what it was asked to do with rows. */
public final class RecordingContext implements DefinitionContext {
    private final CatalogStore store;
    private final InMemoryTransaction transaction;
    private final FixedEvaluation evaluation;
    public final List<String> work = new ArrayList<>();
    private int nextOid = CatalogKeys.FIRST_USER_OID;
    private int nextStorageId = CatalogKeys.FIRST_USER_STORAGE_ID;

    public RecordingContext(List<SystemTable> systemTables) {
        store = new CatalogStore(TypeRegistry::find, systemTables);
        transaction = new InMemoryTransaction(store.bootstrap());
        evaluation = new FixedEvaluation(transaction::catalog);
    }

    /** Executes one statement; if it fails, its changes are rolled back. */
    public String execute(String sql) {
        long mark = transaction.mark();
        try {
            ParsedStatement parsed = SqlParser.parse(sql).getFirst();
            return Definitions.execute(parsed.statement(), this);
        } catch (SqlException failure) {
            transaction.rollbackTo(mark);
            throw failure;
        }
    }

    @Override
    public InMemoryTransaction transaction() {
        return transaction;
    }

    @Override
    public FixedEvaluation evaluation() {
        return evaluation;
    }

    @Override
    public CatalogStore store() {
        return store;
    }

    @Override
    public IdentifierSource identifiers() {
        return new IdentifierSource() {
            @Override
            public int nextOid() {
                return nextOid++;
            }

            @Override
            public int nextStorageId() {
                return nextStorageId++;
            }
        };
    }

    @Override
    public TypeResolver types() {
        return name -> {
            SqlType type = TypeRegistry.findByName(name.name().name());
            if (type == null) {
                throw new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + name.name() + "\" does not exist");
            }
            if (name.modifiers().isEmpty()) {
                return new TypeResolver.ResolvedType(type, -1);
            }
            List<Integer> modifiers = new ArrayList<>();
            for (Expression modifier : name.modifiers()) {
                modifiers.add(modifier instanceof Literal.IntegerLiteral literal ? literal.value() : 0);
            }
            return new TypeResolver.ResolvedType(type, TypeRegistry.typeModifierOf(type, modifiers));
        };
    }

    @Override
    public ExpressionChecker expressions() {
        return (expression, purpose, scope, target) -> {
            String sql = SqlPrinter.PARENTHESES.print(expression);
            int[] columns = scope.columns().stream()
                    .filter(column -> ExpressionText.mentions(sql, column.name()))
                    .mapToInt(Column::number)
                    .toArray();
            boolean condition =
                    purpose == ExpressionChecker.Purpose.CHECK || purpose == ExpressionChecker.Purpose.INDEX_PREDICATE;
            SqlType type = target != null ? target.type() : condition ? TypeRegistry.BOOL : TypeRegistry.TEXT;
            return new ExpressionChecker.Checked(
                    sql, type, columns, sql.contains("random("), expression instanceof Literal.NullLiteral);
        };
    }

    @Override
    public QueryAnalyzer queries() {
        return query -> new QueryAnalyzer.Analyzed(
                List.of(new QueryAnalyzer.OutputColumn("a", TypeRegistry.INT4, -1)),
                query,
                transaction.catalog().relations().stream()
                        .filter(relation -> relation instanceof Table
                                && SqlPrinter.PARENTHESES.print(query).contains("FROM " + relation.name()))
                        .mapToInt(relation -> relation.oid())
                        .toArray());
    }

    @Override
    public TableRows rows() {
        return new TableRows() {
            @Override
            public void rewrite(Table from, Table to, List<NewValue> newValues) {
                work.add("rewrite " + from.name() + " " + newValues);
            }

            @Override
            public void buildIndex(Table table, Index index) {
                work.add("build " + index.name());
            }

            @Override
            public void requireNoNulls(Table table, Column column) {
                work.add("not null " + column.name());
            }

            @Override
            public void requireCheck(Table table, Constraint.Check check) {
                work.add("check " + check.name());
            }

            @Override
            public void requireForeignKey(Table table, Constraint.ForeignKey key) {
                work.add("foreign key " + key.name());
            }

            @Override
            public byte[] evaluate(Column column, String sql) {
                return new byte[] {1};
            }
        };
    }

    @Override
    public SequenceStates sequences() {
        return (inTransaction, sequence, value) -> work.add("restart " + sequence.name() + " " + value);
    }

    @Override
    public byte[] salt() {
        return new byte[16];
    }
}
