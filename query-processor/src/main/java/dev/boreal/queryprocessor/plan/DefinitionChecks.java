package dev.boreal.queryprocessor.plan;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.definition.ExpressionChecker;
import dev.boreal.queryprocessor.catalog.definition.QueryAnalyzer;
import dev.boreal.queryprocessor.catalog.definition.QueryNames;
import dev.boreal.queryprocessor.plan.bind.StatementBinder;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.SqlPrinter;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Binds what definitions store: defaults, checks, generated columns, index expressions, views. */
record DefinitionChecks(CatalogSnapshot catalog, PlanningContext context) implements ExpressionChecker, QueryAnalyzer {

    @Override
    public Checked check(Expression expression, Purpose purpose, Table scope, @Nullable Column target) {
        StatementBinder binder = new StatementBinder(catalog, context);
        List<@Nullable Variable> columns = StatementBinder.variables(scope);
        BoundExpression bound = switch (purpose) {
            case DEFAULT -> {
                if (target == null) {
                    throw new IllegalArgumentException("a default is for a column");
                }
                yield binder.defaultValue(expression, target.type(), target.typeModifier(), target.name());
            }
            case GENERATED, TYPE_CONVERSION -> {
                if (target == null) {
                    throw new IllegalArgumentException("the value is for a column");
                }
                yield binder.columnValue(expression, scope, columns, target, expression.position());
            }
            case CHECK -> binder.condition(expression, scope, columns, "CHECK");
            case INDEX_PREDICATE -> binder.condition(expression, scope, columns, "WHERE");
            case INDEX_EXPRESSION -> binder.expression(expression, scope, columns);
        };
        boolean mutable = binder.hasVolatileCalls() || binder.hasStableCalls();
        if (mutable) {
            requireImmutable(purpose);
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Variable variable : Expressions.variables(bound)) {
            numbers.add(variable.columnNumber());
        }
        boolean isNull = bound instanceof BoundExpression.Constant constant && constant.value() == null;
        return new Checked(
                SqlPrinter.PARENTHESES.print(expression),
                bound.type(),
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                binder.hasVolatileCalls(),
                isNull);
    }

    private static void requireImmutable(Purpose purpose) {
        String message = switch (purpose) {
            case GENERATED -> "generation expression is not immutable";
            case INDEX_EXPRESSION -> "functions in index expression must be marked IMMUTABLE";
            case INDEX_PREDICATE -> "functions in index predicate must be marked IMMUTABLE";
            case DEFAULT, CHECK, TYPE_CONVERSION -> null;
        };
        if (message != null) {
            throw new SqlException(SqlError.error(SqlState.INVALID_OBJECT_DEFINITION, message));
        }
    }

    @Override
    public Analyzed analyze(Query query) {
        StatementBinder binder = new StatementBinder(catalog, context);
        List<OutputColumn> columns = new ArrayList<>();
        for (Plan.OutputColumn column : Planner.columns(binder.bind(query))) {
            columns.add(new OutputColumn(column.name(), column.type(), column.typeModifier()));
        }
        return new Analyzed(
                columns,
                QueryNames.expand(query, binder.stars()),
                QueryNames.relations(query, new CatalogNames(catalog, context.searchPath())));
    }
}
