package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.CallForm;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.function.Ordering;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.function.ResolvedFunction;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.AggregateCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Call;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SetCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.WindowCall;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.WindowSpecification;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses functions, and tells calls of aggregates, window functions and set-returning functions apart. */
final class CallBinder {
    private final Binder binder;
    private final WindowBinder windows;

    CallBinder(Binder binder) {
        this.binder = binder;
        windows = new WindowBinder(binder);
    }

    BoundExpression bind(FunctionCall call, Scope scope) {
        List<Expression> written = new ArrayList<>(call.arguments());
        if (call.withinGroup()) {
            for (SortItem item : call.orderBy()) {
                written.add(item.expression());
            }
        }
        List<BoundExpression> arguments = new ArrayList<>(written.size());
        List<@Nullable String> names = new ArrayList<>();
        boolean named = false;
        for (Expression argument : written) {
            arguments.add(
                    argument instanceof Expression.Star star
                            ? starArgument(star, scope)
                            : binder.expressions.bind(argument, scope));
            named |= argument instanceof Expression.NamedArgument;
            names.add(argument instanceof Expression.NamedArgument name ? name.name() : null);
        }
        CallForm form = new CallForm(
                named ? names : List.of(),
                call.variadic(),
                call.star(),
                call.distinct(),
                !call.orderBy().isEmpty() && !call.withinGroup(),
                call.filter() != null,
                call.withinGroup(),
                call.over() != null);
        return bind(call, written, arguments, form, scope);
    }

    private BoundExpression starArgument(Expression.Star star, Scope scope) {
        if (star.qualifier().isEmpty()) {
            throw BindErrors.at(star.position(), SqlState.SYNTAX_ERROR, "\"*\" is not allowed in this context");
        }
        List<String> qualifier = star.qualifier();
        RangeEntry entry = binder.columns.requireRelation(
                qualifier.size() > 1 ? qualifier.get(qualifier.size() - 2) : null,
                qualifier.getLast(),
                star.position(),
                scope);
        return ColumnBinder.wholeRow(entry, star.position());
    }

    private BoundExpression bind(
            FunctionCall call, List<Expression> written, List<BoundExpression> arguments, CallForm form, Scope scope) {
        if (call.withinGroup() && isHypothetical(call.name().name())) {
            matchHypothetical(call, arguments);
        }
        List<SqlType> types = new ArrayList<>(arguments.size());
        for (BoundExpression argument : arguments) {
            types.add(argument.type());
        }
        ResolvedFunction function;
        try {
            function = Resolution.function(call.name().schema(), call.name().name(), types, form);
        } catch (SqlException failure) {
            BoundExpression cast = castSyntax(call, arguments, failure);
            if (cast != null) {
                return cast;
            }
            String schema = call.name().schema();
            if (schema != null && binder.analysis.catalog().findSchema(schema) == null) {
                throw BindErrors.at(
                        call.position(), SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist");
            }
            throw BindErrors.located(call.position(), failure);
        }
        List<BoundExpression> coerced = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            BoundExpression argument = arguments.get(i);
            SqlType wanted = function.argumentTypes().get(i);
            int position = written.get(i).position();
            coerced.add(
                    wanted.oid() == TypeRegistry.ANY.oid()
                            ? binder.coercion.decided(argument, position)
                            : binder.coercion.implicit(argument, wanted, position));
        }
        noteVolatility(function);
        return switch (function.kind()) {
            case AGGREGATE ->
                call.over() == null
                        ? aggregate(call, function, coerced, scope)
                        : windowCall(call, function, coerced, scope);
            case WINDOW -> windowCall(call, function, coerced, scope);
            case FUNCTION -> scalar(call, function, coerced, scope);
        };
    }

    /** {@code int4(x)}: a type's name called with one argument is a cast. */
    private @Nullable BoundExpression castSyntax(
            FunctionCall call, List<BoundExpression> arguments, SqlException failure) {
        if (arguments.size() != 1
                || !failure.error().sqlState().equals(SqlState.UNDEFINED_FUNCTION)
                || TypeRegistry.findByName(call.name().name()) == null) {
            return null;
        }
        TypeName type = new TypeName(call.name(), List.of(), List.of(), false, false, call.position());
        try {
            return binder.coercion.explicit(
                    arguments.getFirst(), TypeNames.resolve(type).type(), -1, call.position());
        } catch (SqlException noCast) {
            return null;
        }
    }

    private void noteVolatility(ResolvedFunction function) {
        switch (function.signature().volatility()) {
            case VOLATILE -> {
                binder.analysis.noteVolatile();
                String name = function.signature().name();
                if (name.equals("nextval") || name.equals("setval")) {
                    binder.analysis.noteWrite();
                }
            }
            case STABLE -> binder.analysis.noteStable();
            case IMMUTABLE -> {}
        }
    }

    private BoundExpression scalar(
            FunctionCall call, ResolvedFunction function, List<BoundExpression> arguments, Scope scope) {
        if (!function.signature().returnsSet() && function.table() != null) {
            if (scope.clause() != Clause.FROM_FUNCTION) {
                throw BindErrors.at(
                        call.position(),
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "function returning record called in context that cannot accept type record");
            }
            return new SetCall(function, arguments);
        }
        if (function.signature().returnsSet()) {
            if (!scope.clause().allowsSets()) {
                throw BindErrors.at(
                        call.position(),
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "set-returning functions are not allowed in "
                                + scope.clause().text());
            }
            scope.noteSetCall();
            return new SetCall(function, arguments);
        }
        return folded(new Call(function, arguments));
    }

    private static BoundExpression folded(Call call) {
        ResolvedFunction function = call.function();
        var body = function.scalar();
        if (body == null || function.signature().volatility() != FunctionSignature.Volatility.IMMUTABLE) {
            return call;
        }
        @Nullable Object[] values = new Object[call.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            if (!(call.arguments().get(i) instanceof Constant constant)) {
                return call;
            }
            values[i] = constant.value();
            if (values[i] == null && function.strict()) {
                return new Constant(null, function.returnType(), -1);
            }
        }
        try {
            return new Constant(body.apply(FoldingContext.INSTANCE, values), function.returnType(), -1);
        } catch (SqlException | FoldingContext.Unknowable failure) {
            return call;
        }
    }

    private BoundExpression aggregate(
            FunctionCall call, ResolvedFunction function, List<BoundExpression> arguments, Scope scope) {
        Clause clause = scope.clause();
        if (!clause.allowsAggregates()) {
            throw BindErrors.at(
                    call.position(),
                    SqlState.GROUPING_ERROR,
                    "aggregate functions are not allowed in " + clause.text());
        }
        rejectNested(call, arguments);
        rejectSets(call, arguments, "aggregate function calls");
        scope.noteAggregate();
        BoundExpression filter = filter(call, scope);
        List<SortKey> order = new ArrayList<>();
        for (SortItem item : call.orderBy()) {
            BoundExpression expression = binder.expressions.bind(item.expression(), scope);
            if (call.withinGroup()) {
                expression = arguments.get(arguments.size() - call.orderBy().size() + order.size());
            }
            order.add(sortKey(item, binder.coercion.decided(expression, item.position())));
        }
        rejectSets(call, order.stream().map(SortKey::expression).toList(), "aggregate function calls");
        if (call.distinct() && !call.withinGroup()) {
            for (SortKey key : order) {
                if (!arguments.contains(key.expression())) {
                    throw BindErrors.at(
                            call.position(),
                            BindErrors.INVALID_COLUMN_REFERENCE,
                            "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list");
                }
            }
        }
        ResolvedFunction body = function.signature().hypothetical() ? function.within(orderings(order)) : function;
        return new AggregateCall(body, arguments, call.star(), call.distinct(), order, filter);
    }

    private static boolean isHypothetical(String name) {
        for (FunctionSignature signature : FunctionRegistry.functionsNamed(name)) {
            if (signature.hypothetical()) {
                return true;
            }
        }
        return false;
    }

    /** The values of a row that is not there have the types of those that are. */
    private void matchHypothetical(FunctionCall call, List<BoundExpression> arguments) {
        int ordered = call.orderBy().size();
        int direct = arguments.size() - ordered;
        if (direct != ordered) {
            throw BindErrors.hinted(
                    call.position(),
                    SqlState.UNDEFINED_FUNCTION,
                    "function " + call.name().name() + " does not exist",
                    "To use the hypothetical-set aggregate " + call.name().name()
                            + ", the number of hypothetical direct arguments (here " + direct
                            + ") must match the number of ordering columns (here " + ordered + ").");
        }
        for (int i = 0; i < direct; i++) {
            List<BoundExpression> pair = List.of(arguments.get(i), arguments.get(direct + i));
            SqlType common = binder.coercion.common(pair.reversed(), "WITHIN GROUP", call.position());
            arguments.set(i, binder.coercion.implicit(pair.getFirst(), common, call.position()));
            arguments.set(direct + i, binder.coercion.implicit(pair.getLast(), common, call.position()));
        }
    }

    private static List<Ordering> orderings(List<SortKey> order) {
        List<Ordering> orderings = new ArrayList<>();
        for (SortKey key : order) {
            orderings.add(new Ordering(key.expression().type(), key.descending(), key.nullsFirst()));
        }
        return orderings;
    }

    private @Nullable BoundExpression filter(FunctionCall call, Scope scope) {
        if (call.filter() == null) {
            return null;
        }
        Clause before = scope.enter(Clause.FILTER);
        BoundExpression filter = binder.expressions.condition(call.filter(), scope, "FILTER");
        scope.enter(before);
        return filter;
    }

    private static void rejectNested(FunctionCall call, List<BoundExpression> arguments) {
        for (BoundExpression argument : arguments) {
            if (Expressions.contains(argument, AggregateCall.class)) {
                throw BindErrors.at(
                        call.position(), SqlState.GROUPING_ERROR, "aggregate function calls cannot be nested");
            }
            if (Expressions.contains(argument, WindowCall.class)) {
                throw BindErrors.at(
                        call.position(),
                        SqlState.GROUPING_ERROR,
                        "aggregate function calls cannot contain window function calls");
            }
        }
    }

    private static void rejectSets(FunctionCall call, List<BoundExpression> within, String what) {
        for (BoundExpression expression : within) {
            if (Expressions.contains(expression, SetCall.class)) {
                throw BindErrors.hinted(
                        call.position(),
                        SqlState.FEATURE_NOT_SUPPORTED,
                        what + " cannot contain set-returning function calls",
                        "You might be able to move the set-returning function into a LATERAL FROM item.");
            }
        }
    }

    private BoundExpression windowCall(
            FunctionCall call, ResolvedFunction function, List<BoundExpression> arguments, Scope scope) {
        if (!scope.clause().allowsWindows()) {
            throw BindErrors.at(
                    call.position(),
                    BindErrors.WINDOWING_ERROR,
                    "window functions are not allowed in " + scope.clause().text());
        }
        if (call.distinct()) {
            throw BindErrors.at(
                    call.position(),
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "DISTINCT is not implemented for window functions");
        }
        for (BoundExpression argument : arguments) {
            if (Expressions.contains(argument, WindowCall.class)) {
                throw BindErrors.at(
                        call.position(), BindErrors.WINDOWING_ERROR, "window function calls cannot be nested");
            }
        }
        rejectSets(call, arguments, "window function calls");
        scope.noteWindowCall();
        BoundExpression filter = filter(call, scope);
        WindowSpecification window = windows.bind(java.util.Objects.requireNonNull(call.over()), scope);
        return new WindowCall(function, arguments, call.star(), filter, window);
    }

    /** An order as written; nulls are last when ascending and first when descending unless said otherwise. */
    static SortKey sortKey(SortItem item, BoundExpression expression) {
        boolean descending = item.direction() == SortItem.Direction.DESCENDING;
        if (item.direction() == SortItem.Direction.USING) {
            String symbol = item.using() == null ? "" : item.using().symbol();
            descending = symbol.equals(">");
            if (!descending && !symbol.equals("<")) {
                throw BindErrors.hinted(
                        item.position(),
                        SqlState.WRONG_OBJECT_TYPE,
                        "operator " + symbol + " is not a valid ordering operator",
                        "Ordering operators must be \"<\" or \">\" members of btree operator families.");
            }
        }
        if (!expression.type().comparable()) {
            throw BindErrors.hinted(
                    item.position(),
                    SqlState.UNDEFINED_FUNCTION,
                    "could not identify an ordering operator for type "
                            + expression.type().formatName(-1),
                    "Use an explicit ordering operator or modify the query.");
        }
        boolean nullsFirst = switch (item.nulls()) {
            case DEFAULT -> descending;
            case FIRST -> true;
            case LAST -> false;
        };
        return new SortKey(expression, descending, nullsFirst);
    }

    // Keywords ---------------------------------------------------------------------------------------------------

    BoundExpression currentValue(Expression.CurrentValue e) {
        int precision = e.precision() == null ? -1 : e.precision();
        return switch (e.kind()) {
            case CURRENT_DATE -> now("date", -1, e.position());
            case CURRENT_TIME -> now("timetz", precision, e.position());
            case CURRENT_TIMESTAMP -> now("timestamptz", precision, e.position());
            case LOCALTIME -> now("time", precision, e.position());
            case LOCALTIMESTAMP -> now("timestamp", precision, e.position());
            case CURRENT_ROLE, CURRENT_USER, USER -> plain("current_user", e.position());
            case SESSION_USER -> plain("session_user", e.position());
            case CURRENT_CATALOG -> plain("current_database", e.position());
            case CURRENT_SCHEMA -> plain("current_schema", e.position());
        };
    }

    private BoundExpression now(String type, int precision, int position) {
        SqlType target = java.util.Objects.requireNonNull(TypeRegistry.findByName(type));
        return binder.coercion.explicit(plain("now", position), target, precision, position);
    }

    private BoundExpression plain(String name, int position) {
        ResolvedFunction function =
                BindErrors.locate(position, () -> Resolution.function("pg_catalog", name, List.of(), CallForm.PLAIN));
        noteVolatility(function);
        return new Call(function, List.of());
    }

    BoundExpression grouping(Expression.Grouping e, Scope scope) {
        if (!scope.clause().allowsAggregates()) {
            throw BindErrors.at(
                    e.position(),
                    SqlState.GROUPING_ERROR,
                    "grouping operations are not allowed in " + scope.clause().text());
        }
        scope.noteAggregate();
        return new BoundExpression.GroupingCall(binder.expressions.bindAll(e.arguments(), scope), TypeRegistry.INT4);
    }
}
