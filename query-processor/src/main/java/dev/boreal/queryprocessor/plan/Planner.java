package dev.boreal.queryprocessor.plan;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.definition.ExpressionChecker;
import dev.boreal.queryprocessor.catalog.definition.QueryAnalyzer;
import dev.boreal.queryprocessor.catalog.definition.TypeResolver;
import dev.boreal.queryprocessor.execute.ExpressionCompiler;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.bind.StatementBinder;
import dev.boreal.queryprocessor.plan.bind.TypeNames;
import dev.boreal.queryprocessor.plan.physical.PhysicalPlanner;
import dev.boreal.queryprocessor.plan.relation.BoundQuery;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.ModificationStatement;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Plans statements. Stateless: any thread may call. */
public final class Planner {
    private Planner() {}

    /**
     * Plans a query or a modification.
     *
     * @throws SqlException PostgreSQL's errors of analysis, with positions
     */
    public static Plan plan(Statement statement, CatalogSnapshot catalog, PlanningContext context) {
        if (!(statement instanceof PreparableStatement preparable)) {
            throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "cannot plan " + statement.commandTag());
        }
        try {
            StatementBinder binder = new StatementBinder(catalog, context);
            BoundQuery bound = binder.bind(preparable);
            var parameterTypes = binder.parameterTypes();
            PhysicalPlanner physical = new PhysicalPlanner(catalog, compiler(catalog, context.searchPath()));
            Operator root = physical.plan(bound);
            return new Plan(
                    command(preparable),
                    columns(bound),
                    parameterTypes,
                    root,
                    physical.outerSlots(),
                    physical.sharedSlots(),
                    binder.writes(),
                    Brevity.isBrief(root)
                            && physical.outerSlots() == 0
                            && physical.sharedSlots() == 0
                            && !binder.hasVolatileCalls());
        } catch (StackOverflowError overflow) {
            throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
        }
    }

    /** Compiles what the catalog holds as SQL text: defaults, checks, generated columns, index expressions. */
    public static ExpressionCompiler compiler(CatalogSnapshot catalog, List<String> searchPath) {
        return new StoredExpressions(catalog, PlanningContext.of(searchPath));
    }

    /** Checks expressions that definitions store. */
    public static ExpressionChecker checker(CatalogSnapshot catalog, List<String> searchPath) {
        return new DefinitionChecks(catalog, PlanningContext.of(searchPath));
    }

    /** Binds the queries of views. */
    public static QueryAnalyzer analyzer(CatalogSnapshot catalog, List<String> searchPath) {
        return new DefinitionChecks(catalog, PlanningContext.of(searchPath));
    }

    /** An expression over no row, coerced as for a column of the type: EXECUTE's arguments. */
    public static Scalar compileValue(
            Expression expression, SqlType type, CatalogSnapshot catalog, List<String> searchPath) {
        StatementBinder binder = new StatementBinder(catalog, PlanningContext.of(searchPath));
        return new PhysicalPlanner(catalog, compiler(catalog, searchPath))
                .compile(binder.defaultValue(expression, type, -1, "parameter"), List.of());
    }

    /** The type that a type name stands for. 42704 if there is none. */
    public static TypeResolver.ResolvedType resolveType(TypeName name) {
        TypeNames.Resolved resolved = TypeNames.resolve(name);
        return new TypeResolver.ResolvedType(resolved.type(), resolved.typeModifier());
    }

    private static Plan.Command command(PreparableStatement statement) {
        return switch (statement) {
            case Query query -> Plan.Command.SELECT;
            case ModificationStatement.Insert insert -> Plan.Command.INSERT;
            case ModificationStatement.Update update -> Plan.Command.UPDATE;
            case ModificationStatement.Delete delete -> Plan.Command.DELETE;
            case ModificationStatement.Merge merge -> Plan.Command.MERGE;
        };
    }

    static List<Plan.OutputColumn> columns(BoundQuery bound) {
        List<Plan.OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < bound.outputs().size(); i++) {
            Variable variable = bound.outputs().get(i);
            columns.add(new Plan.OutputColumn(
                    bound.names().get(i),
                    variable.type(),
                    variable.typeModifier(),
                    variable.tableOid(),
                    variable.columnNumber()));
        }
        return columns;
    }
}
