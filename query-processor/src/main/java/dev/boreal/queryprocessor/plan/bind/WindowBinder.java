package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.WindowSpecification;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.BoundKind;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves what follows OVER, through the named windows that it refers to. */
final class WindowBinder {
    private final Binder binder;

    WindowBinder(Binder binder) {
        this.binder = binder;
    }

    WindowSpecification bind(WindowDefinition written, Scope scope) {
        Clause before = scope.enter(Clause.WINDOW);
        WindowDefinition definition = merge(written, scope);
        List<BoundExpression> partition = new ArrayList<>();
        for (Expression expression : definition.partitionBy()) {
            partition.add(key(expression, scope));
        }
        List<SortKey> order = new ArrayList<>();
        for (SortItem item : definition.orderBy()) {
            order.add(CallBinder.sortKey(item, key(item.expression(), scope)));
        }
        WindowSpecification window = frame(definition, partition, order, scope);
        scope.enter(before);
        return window;
    }

    private BoundExpression key(Expression expression, Scope scope) {
        return binder.coercion.decided(binder.expressions.bind(expression, scope), expression.position());
    }

    private static WindowDefinition named(String name, int position, Scope scope) {
        WindowDefinition found = scope.windows().get(name);
        if (found == null) {
            throw BindErrors.at(position, SqlState.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist");
        }
        return found;
    }

    private static WindowDefinition merge(WindowDefinition written, Scope scope) {
        if (written.name() != null && written.base() == null && isBare(written)) {
            WindowDefinition found = named(written.name(), written.position(), scope);
            return merge(unnamed(found), scope);
        }
        if (written.base() == null) {
            return written;
        }
        String base = written.base();
        WindowDefinition found = merge(unnamed(named(base, written.position(), scope)), scope);
        if (!written.partitionBy().isEmpty()) {
            throw BindErrors.at(
                    written.position(),
                    BindErrors.WINDOWING_ERROR,
                    "cannot override PARTITION BY clause of window \"" + base + "\"");
        }
        if (!written.orderBy().isEmpty() && !found.orderBy().isEmpty()) {
            throw BindErrors.at(
                    written.position(),
                    BindErrors.WINDOWING_ERROR,
                    "cannot override ORDER BY clause of window \"" + base + "\"");
        }
        if (found.frame() != null) {
            throw BindErrors.at(
                    written.position(),
                    BindErrors.WINDOWING_ERROR,
                    "cannot copy window \"" + base + "\" because it has a frame clause");
        }
        return new WindowDefinition(
                null,
                null,
                found.partitionBy(),
                written.orderBy().isEmpty() ? found.orderBy() : written.orderBy(),
                written.frame(),
                written.position());
    }

    private static WindowDefinition unnamed(WindowDefinition d) {
        return new WindowDefinition(null, d.base(), d.partitionBy(), d.orderBy(), d.frame(), d.position());
    }

    private static boolean isBare(WindowDefinition d) {
        return d.partitionBy().isEmpty() && d.orderBy().isEmpty() && d.frame() == null;
    }

    private WindowSpecification frame(
            WindowDefinition d, List<BoundExpression> partition, List<SortKey> order, Scope scope) {
        WindowDefinition.Frame frame = d.frame();
        if (frame == null) {
            return new WindowSpecification(
                    partition,
                    order,
                    WindowDefinition.Mode.RANGE,
                    BoundKind.UNBOUNDED_PRECEDING,
                    null,
                    BoundKind.CURRENT_ROW,
                    null,
                    WindowDefinition.Exclusion.NO_OTHERS);
        }
        WindowDefinition.Bound end = frame.end();
        boolean offsets = frame.start().offset() != null || (end != null && end.offset() != null);
        if (frame.mode() == WindowDefinition.Mode.RANGE && offsets && order.size() != 1) {
            throw BindErrors.at(
                    d.position(),
                    BindErrors.WINDOWING_ERROR,
                    "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
        }
        if (frame.mode() == WindowDefinition.Mode.GROUPS && order.isEmpty()) {
            throw BindErrors.at(d.position(), BindErrors.WINDOWING_ERROR, "GROUPS mode requires an ORDER BY clause");
        }
        return new WindowSpecification(
                partition,
                order,
                frame.mode(),
                frame.start().kind(),
                offset(frame.start().offset(), frame.mode(), order, scope),
                end == null ? BoundKind.CURRENT_ROW : end.kind(),
                end == null ? null : offset(end.offset(), frame.mode(), order, scope),
                frame.exclusion());
    }

    private @Nullable BoundExpression offset(
            @Nullable Expression written, WindowDefinition.Mode mode, List<SortKey> order, Scope scope) {
        if (written == null) {
            return null;
        }
        BoundExpression offset = binder.expressions.bind(written, scope);
        if (mode != WindowDefinition.Mode.RANGE) {
            return binder.coercion.assignment(offset, TypeRegistry.INT8, -1, "frame offset", written.position());
        }
        var sorted = order.getFirst().expression();
        if (Coercion.isUnknown(offset) && sorted.type().oid() == TypeRegistry.DATE.oid()) {
            return binder.coercion.implicit(offset, TypeRegistry.INTERVAL, written.position());
        }
        var plus = OperatorBinder.resolve("+", sorted, offset, written.position());
        return binder.coercion.implicit(offset, plus.right(), written.position());
    }
}
