package dev.boreal.queryprocessor.plan;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.ExpressionCompiler;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.bind.StatementBinder;
import dev.boreal.queryprocessor.plan.physical.PhysicalPlanner;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions that tables hold as SQL text. */
record StoredExpressions(CatalogSnapshot catalog, PlanningContext context) implements ExpressionCompiler {

    @Override
    public Typed compile(String sql, Table table) {
        List<@Nullable Variable> columns = StatementBinder.variables(table);
        BoundExpression bound =
                new StatementBinder(catalog, context).expression(SqlParser.parseExpression(sql), table, columns);
        return new Typed(scalar(bound, columns), bound.type());
    }

    @Override
    public Scalar compileDefault(String sql, SqlType type, int typeModifier) {
        BoundExpression bound = new StatementBinder(catalog, context)
                .defaultValue(SqlParser.parseExpression(sql), type, typeModifier, "");
        return scalar(bound, List.of());
    }

    @Override
    public Scalar compileGenerated(String sql, Table table, SqlType type, int typeModifier) {
        List<@Nullable Variable> columns = StatementBinder.variables(table);
        Column target = Column.of(1, "", type, typeModifier);
        BoundExpression bound = new StatementBinder(catalog, context)
                .columnValue(SqlParser.parseExpression(sql), table, columns, target, 0);
        return scalar(bound, columns);
    }

    private Scalar scalar(BoundExpression bound, List<? extends @Nullable Variable> columns) {
        return new PhysicalPlanner(catalog, this).compile(bound, columns);
    }
}
