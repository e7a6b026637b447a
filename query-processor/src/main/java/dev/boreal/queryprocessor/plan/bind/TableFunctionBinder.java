package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.function.DeclaredColumn;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Call;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SetCall;
import dev.boreal.queryprocessor.plan.relation.RelationalNode;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.FunctionItem;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions in FROM. */
final class TableFunctionBinder {
    private final Binder binder;

    TableFunctionBinder(Binder binder) {
        this.binder = binder;
    }

    RelationalNode bind(TableExpression.Functions item, Scope scope) {
        List<FunctionItem> items = new ArrayList<>();
        List<Variable> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean scalar = true;
        if (item.ordinality() && !item.columnDefinitions().isEmpty()) {
            throw BindErrors.at(
                    item.position(),
                    SqlState.SYNTAX_ERROR,
                    "WITH ORDINALITY cannot be used with a column definition list");
        }
        String name = "";
        Clause before = scope.enter(Clause.FROM_FUNCTION);
        for (TableExpression.TableFunction function : item.functions()) {
            String functionName =
                    function.call() instanceof FunctionCall call ? call.name().name() : ColumnNames.of(function.call());
            if (name.isEmpty()) {
                name = functionName;
            }
            for (FunctionCall call : expand(function.call())) {
                FunctionItem bound = bind(call, function, item, functionName, scope);
                scalar &= !bound.composite() && bound.columns().size() == 1;
                items.add(bound);
                columns.addAll(bound.columns());
            }
            if (expand(function.call()).isEmpty()) {
                BoundExpression value = binder.expressions.bind(function.call(), scope);
                FunctionItem bound = scalarItem(value, functionName, item);
                items.add(bound);
                columns.addAll(bound.columns());
            }
        }
        scope.enter(before);
        scalar &= items.size() == 1;
        Variable ordinality = null;
        if (item.ordinality()) {
            ordinality = new Variable("ordinality", TypeRegistry.INT8, -1, 0, 0);
            columns.add(ordinality);
        }
        for (Variable column : columns) {
            names.add(column.name());
        }
        RangeEntry entry =
                binder.from.add(scope, item.alias(), name, null, columns, names, null, null, item.position());
        if (scalar && ordinality == null) {
            entry.asScalarFunction();
        }
        return new RelationalNode.FunctionAccess(items, ordinality);
    }

    /** unnest of several arrays is several calls side by side. */
    private static List<FunctionCall> expand(Expression written) {
        if (!(written instanceof FunctionCall call)) {
            return List.of();
        }
        if (!call.name().name().equals("unnest") || call.arguments().size() < 2) {
            return List.of(call);
        }
        List<FunctionCall> calls = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            calls.add(FunctionCall.of(call.name(), List.of(argument), call.syntax(), call.position()));
        }
        return calls;
    }

    private FunctionItem bind(
            FunctionCall call,
            TableExpression.TableFunction function,
            TableExpression.Functions item,
            String name,
            Scope scope) {
        BoundExpression bound = binder.expressions.bind(call, scope);
        List<TableExpression.ColumnType> declared =
                item.columnDefinitions().isEmpty() ? function.columnDefinitions() : item.columnDefinitions();
        if (bound instanceof SetCall set) {
            List<Variable> columns =
                    columns(set.function().outputColumns(), set, name, declared, item, call.position());
            return new FunctionItem(
                    declared.isEmpty() ? set.function() : set.function().withColumns(declaredFor(columns)),
                    set.arguments(),
                    columns,
                    !declared.isEmpty() || columns.size() > 1);
        }
        if (bound instanceof Call plain && plain.function().outputColumns().size() > 1) {
            List<Variable> columns =
                    columns(plain.function().outputColumns(), plain, name, declared, item, call.position());
            return new FunctionItem(null, List.of(plain), columns, true);
        }
        if (!declared.isEmpty() && bound.type().oid() == TypeRegistry.RECORD.oid()) {
            return new FunctionItem(null, List.of(bound), declaredColumns(declared), true);
        }
        return scalarItem(bound, name, item);
    }

    private FunctionItem scalarItem(BoundExpression value, String name, TableExpression.Functions item) {
        BoundExpression decided = binder.coercion.decided(value, item.position());
        return new FunctionItem(null, List.of(decided), List.of(Variable.of(columnName(name, item), decided)), false);
    }

    /** The column of a scalar function is called as the table's alias, if there is one. */
    private static String columnName(String function, TableExpression.Functions item) {
        return item.alias() != null && item.functions().size() == 1
                ? item.alias().name()
                : function;
    }

    private static List<Variable> columns(
            List<FunctionSignature.OutputColumn> outputs,
            BoundExpression call,
            String name,
            List<TableExpression.ColumnType> declared,
            TableExpression.Functions item,
            int position) {
        if (!declared.isEmpty()) {
            if (!outputs.isEmpty()) {
                throw BindErrors.at(
                        position,
                        SqlState.SYNTAX_ERROR,
                        "a column definition list is redundant for a function with OUT parameters");
            }
            return declaredColumns(declared);
        }
        if (outputs.isEmpty() && call.type().oid() == TypeRegistry.RECORD.oid()) {
            throw BindErrors.at(
                    position,
                    SqlState.SYNTAX_ERROR,
                    "a column definition list is required for functions returning \"record\"");
        }
        if (outputs.isEmpty()) {
            return List.of(new Variable(columnName(name, item), call.type(), -1, 0, 0));
        }
        List<Variable> columns = new ArrayList<>();
        for (FunctionSignature.OutputColumn output : outputs) {
            String column = outputs.size() == 1 && output.name().isEmpty() ? columnName(name, item) : output.name();
            columns.add(new Variable(column, output.type(), -1, 0, 0));
        }
        return columns;
    }

    private static List<DeclaredColumn> declaredFor(List<Variable> columns) {
        List<DeclaredColumn> declared = new ArrayList<>();
        for (Variable column : columns) {
            declared.add(new DeclaredColumn(column.name(), column.type(), column.typeModifier()));
        }
        return declared;
    }

    private static List<Variable> declaredColumns(List<TableExpression.ColumnType> declared) {
        List<Variable> columns = new ArrayList<>();
        for (TableExpression.ColumnType column : declared) {
            TypeNames.Resolved type = TypeNames.resolve(column.type());
            columns.add(new Variable(column.name(), type.type(), type.typeModifier(), 0, 0));
        }
        return columns;
    }

    /** SELECT * FROM a_sequence: where it stands. */
    RelationalNode sequence(Sequence sequence, TableExpression.Table item, Scope scope) {
        Variable lastValue = new Variable("last_value", TypeRegistry.INT8, -1, sequence.oid(), 1);
        Variable logCount = new Variable("log_cnt", TypeRegistry.INT8, -1, sequence.oid(), 2);
        Variable called = new Variable("is_called", TypeRegistry.BOOL, -1, sequence.oid(), 3);
        List<Variable> columns = List.of(lastValue, logCount, called);
        binder.from.add(
                scope,
                item.alias(),
                sequence.name(),
                null,
                columns,
                List.of("last_value", "log_cnt", "is_called"),
                null,
                null,
                item.position());
        BoundExpression position = positionOf(sequence, item.position());
        List<BoundExpression> fields = new ArrayList<>();
        for (Variable column : columns) {
            fields.add(ExpressionBinder.fieldOf(position, column.name(), item.position()));
        }
        return new RelationalNode.Values(columns, List.of(fields));
    }

    private BoundExpression positionOf(Sequence sequence, int position) {
        @Nullable Object oid = sequence.oid();
        BoundExpression argument = new Constant(oid, TypeRegistry.REGCLASS, -1);
        var function = BindErrors.locate(
                position,
                () -> dev.boreal.queryprocessor.function.Resolution.function(
                        "boreal_sequence_position", List.of(TypeRegistry.REGCLASS)));
        binder.analysis.noteVolatile();
        return new Call(function, List.of(argument));
    }
}
