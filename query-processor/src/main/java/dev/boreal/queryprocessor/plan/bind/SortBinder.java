package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.plan.bind.SelectBinder.Target;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ORDER BY and DISTINCT ON: by ordinal, by a result column's name, or by any expression. */
final class SortBinder {
    private final Binder binder;

    SortBinder(Binder binder) {
        this.binder = binder;
    }

    List<SortKey> bind(List<SortItem> items, List<Target> targets, Scope scope) {
        List<SortKey> keys = new ArrayList<>(items.size());
        for (SortItem item : items) {
            BoundExpression expression = find(item.expression(), targets, scope, Clause.ORDER_BY);
            SortKey key = CallBinder.sortKey(
                    item, binder.coercion.decided(expression, item.expression().position()));
            keys.add(key);
        }
        return keys;
    }

    /** What an item of ORDER BY or DISTINCT ON means. */
    BoundExpression find(Expression written, List<Target> targets, Scope scope, Clause clause) {
        if (written instanceof Expression.ColumnReference column
                && column.parts().size() == 1) {
            Target named = byName(column.name(), targets, written.position(), clause);
            if (named != null) {
                return named.expression();
            }
        }
        Target ordinal = byOrdinal(written, targets, clause);
        if (ordinal != null) {
            return ordinal.expression();
        }
        scope.enter(clause);
        return binder.expressions.bind(written, scope);
    }

    static @Nullable Target byName(String name, List<Target> targets, int position, Clause clause) {
        Target found = null;
        for (Target target : targets) {
            if (target.name().equals(name)) {
                if (found != null && !found.expression().equals(target.expression())) {
                    throw BindErrors.at(
                            position, SqlState.AMBIGUOUS_COLUMN, clause.text() + " \"" + name + "\" is ambiguous");
                }
                found = found == null ? target : found;
            }
        }
        return found;
    }

    static @Nullable Target byOrdinal(Expression written, List<Target> targets, Clause clause) {
        if (written instanceof Literal.IntegerLiteral literal) {
            if (literal.value() < 1 || literal.value() > targets.size()) {
                throw BindErrors.at(
                        written.position(),
                        BindErrors.INVALID_COLUMN_REFERENCE,
                        clause.text() + " position " + literal.value() + " is not in select list");
            }
            return targets.get(literal.value() - 1);
        }
        if (written instanceof Literal && !(written instanceof Literal.NullLiteral)) {
            throw BindErrors.at(written.position(), SqlState.SYNTAX_ERROR, "non-integer constant in " + clause.text());
        }
        return null;
    }

    /** The keys of DISTINCT ON, in the order's directions; they must come first in ORDER BY. */
    List<SortKey> distinctOn(SelectBody.Select select, List<Target> targets, List<SortKey> order, Scope scope) {
        List<SortKey> keys = new ArrayList<>();
        List<BoundExpression> expressions = new ArrayList<>();
        for (Expression written : select.distinctOn()) {
            BoundExpression expression =
                    binder.coercion.decided(find(written, targets, scope, Clause.DISTINCT_ON), written.position());
            if (!expressions.contains(expression)) {
                expressions.add(expression);
            }
        }
        for (SortKey key : order) {
            if (keys.size() == expressions.size()) {
                break;
            }
            if (!expressions.contains(key.expression())) {
                throw BindErrors.at(
                        select.distinctOn().getFirst().position(),
                        BindErrors.INVALID_COLUMN_REFERENCE,
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions");
            }
            if (!has(keys, key.expression())) {
                keys.add(key);
            }
        }
        for (BoundExpression expression : expressions) {
            if (!has(keys, expression)) {
                keys.add(new SortKey(expression, false, false));
            }
        }
        return keys;
    }

    private static boolean has(List<SortKey> keys, BoundExpression expression) {
        for (SortKey key : keys) {
            if (key.expression().equals(expression)) {
                return true;
            }
        }
        return false;
    }

    /** The order that has {@code first} in front. */
    static List<SortKey> startingWith(List<SortKey> first, List<SortKey> order) {
        List<SortKey> all = new ArrayList<>(first);
        for (SortKey key : order) {
            if (!has(all, key.expression())) {
                all.add(key);
            }
        }
        return all;
    }

    /** After DISTINCT only what is selected can be sorted by. */
    void requireSelected(List<SortKey> order, List<Target> targets, List<SortItem> items) {
        for (int i = 0; i < order.size(); i++) {
            boolean selected = false;
            for (Target target : targets) {
                selected |= target.expression().equals(order.get(i).expression());
            }
            if (!selected) {
                throw BindErrors.at(
                        items.get(i).expression().position(),
                        BindErrors.INVALID_COLUMN_REFERENCE,
                        "for SELECT DISTINCT, ORDER BY expressions must appear in select list");
            }
        }
    }
}
