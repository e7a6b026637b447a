package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.definition.TableRows;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.ExpressionCompiler;
import dev.boreal.queryprocessor.execute.IndexFill;
import dev.boreal.queryprocessor.execute.KeyBounds;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.RowErrors;
import dev.boreal.queryprocessor.execute.TableRewrite;
import dev.boreal.queryprocessor.execute.TableScan;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What definitions do to rows: rewrites, index builds, validations, each a pass over the table. */
final class DefinitionRows implements TableRows {
    private final Session session;

    DefinitionRows(Session session) {
        this.session = session;
    }

    private Execution execution() {
        return new Execution(session.context(), session.transactions().current(), Statements.NO_PARAMETERS, 0, 0);
    }

    private ExpressionCompiler compiler() {
        return Planner.compiler(
                session.transactions().current().catalog(), session.context().searchPath());
    }

    private interface RowVisitor {
        void visit(@Nullable Object[] row, Execution execution);
    }

    /** Visits every row: all fields, then the row key. */
    private void scan(Table table, RowVisitor visitor) {
        int[] all = new int[table.columns().size()];
        Arrays.setAll(all, field -> field);
        Operator scan = new TableScan(table, KeyBounds.ALL, null, "", all, true, false, null);
        try (Execution execution = execution();
                Operator.Cursor cursor = execution.open(scan)) {
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                visitor.visit(row, execution);
            }
        }
    }

    @Override
    public void rewrite(Table from, Table to, List<NewValue> newValues) {
        ExpressionCompiler compiler = compiler();
        Map<Integer, Scalar> computed = new HashMap<>();
        for (NewValue value : newValues) {
            Column column = to.columns().get(value.columnNumber() - 1);
            computed.put(
                    column.field(), compiler.compileGenerated(value.sql(), from, column.type(), column.typeModifier()));
        }
        TableRewrite rewrite =
                new TableRewrite(to, computed, session.transactions().current().catalog(), compiler);
        scan(from, (row, execution) -> rewrite.add(row, from.columns().size(), execution));
    }

    @Override
    public void buildIndex(Table table, Index index) {
        IndexFill fill = new IndexFill(table, index, compiler());
        scan(table, (row, execution) -> fill.add(row, execution));
    }

    @Override
    public void requireNoNulls(Table table, Column column) {
        scan(table, (row, execution) -> {
            if (row[column.field()] == null) {
                throw new SqlException(SqlError.error(
                                SqlState.NOT_NULL_VIOLATION,
                                "column \"" + column.name() + "\" of relation \"" + table.name()
                                        + "\" contains null values")
                        .at(schema(table), table.name())
                        .withColumn(column.name()));
            }
        });
    }

    private @Nullable String schema(Table table) {
        return RowErrors.schemaName(session.transactions().current().catalog(), table);
    }

    @Override
    public void requireCheck(Table table, Constraint.Check check) {
        Scalar condition = compiler().compile(check.conditionSql(), table).scalar();
        scan(table, (row, execution) -> {
            if (Boolean.FALSE.equals(condition.evaluate(row, execution))) {
                throw new SqlException(SqlError.error(
                                SqlState.CHECK_VIOLATION,
                                "check constraint \"" + check.name() + "\" of relation \"" + table.name()
                                        + "\" is violated by some row")
                        .at(schema(table), table.name())
                        .withConstraint(check.name()));
            }
        });
    }

    @Override
    public void requireForeignKey(Table table, Constraint.ForeignKey key) {
        dev.boreal.queryprocessor.execute.ForeignKeyValidation validation =
                new dev.boreal.queryprocessor.execute.ForeignKeyValidation(
                        table, key, session.transactions().current().catalog());
        scan(table, validation::check);
    }

    @Override
    public byte @Nullable [] evaluate(Column column, String sql) {
        Scalar scalar = compiler().compileDefault(sql, column.type(), column.typeModifier());
        try (Execution execution = execution()) {
            Object value = scalar.evaluate(Statements.NO_PARAMETERS, execution);
            if (value == null) {
                return null;
            }
            ByteWriter out = new ByteWriter(32);
            column.type().encodeField(value, out);
            return out.toByteArray();
        }
    }
}
