package dev.boreal.queryprocessor.plan.physical;

import dev.boreal.contracts.row.Predicate;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.AppendOperator;
import dev.boreal.queryprocessor.execute.IndexScan;
import dev.boreal.queryprocessor.execute.KeyBounds;
import dev.boreal.queryprocessor.execute.MemberLookups;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.PointLookup;
import dev.boreal.queryprocessor.execute.PushedPredicate;
import dev.boreal.queryprocessor.execute.TableScan;
import dev.boreal.queryprocessor.expression.ConstantValue;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.Expressions;
import dev.boreal.queryprocessor.plan.relation.RelationalNode.TableAccess;
import dev.boreal.queryprocessor.plan.relation.SortKey;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one table is read: by which of its keys, what storage filters, what is filtered here. */
final class AccessPaths {
    private final PhysicalPlanner planner;
    private final TableAccess access;
    private final Table table;
    private final @Nullable Outer outer;
    private final List<BoundExpression> conditions;
    private final List<KeyCondition> keyConditions = new ArrayList<>();
    private final ScalarCompiler keyless;

    AccessPaths(PhysicalPlanner planner, TableAccess access, List<BoundExpression> conditions, @Nullable Outer outer) {
        this.planner = planner;
        this.access = access;
        this.table = access.table();
        this.outer = outer;
        this.conditions = conditions;
        keyless = new ScalarCompiler(planner, Layout.NONE, outer);
        Set<Variable> own = Expressions.newVariableSet();
        for (Variable column : access.columns()) {
            if (column != null) {
                own.add(column);
            }
        }
        for (BoundExpression condition : conditions) {
            KeyCondition key = KeyCondition.of(condition, access.columns(), own);
            if (key != null) {
                keyConditions.add(key);
            }
        }
    }

    /** A choice of index: equal columns, then perhaps a range, and what of the wanted order it gives. */
    private record Path(
            @Nullable Index index,
            List<KeyCondition> equal,
            @Nullable KeyCondition lower,
            @Nullable KeyCondition upper,
            int ordered) {
        int score() {
            int range = (lower != null ? 2 : 0) + (upper != null ? 2 : 0);
            boolean whole = index != null
                    && index.unique()
                    && equal.size() == index.columns().size();
            return (whole ? 1000 : 0)
                    + 10 * equal.size()
                    + range
                    + (ordered != 0 ? 5 : 0)
                    + (index != null && index.primary() ? 1 : 0);
        }
    }

    /** A stage, and whether it comes in the wanted order. */
    record Chosen(Stage stage, boolean ordered, boolean filtered) {}

    /**
     * @param wanted the order that would save a sort; empty for any
     * @param limit how many rows are wanted, applied only where nothing is filtered here
     */
    Chosen choose(Set<Variable> required, List<SortKey> wanted, @Nullable Scalar limit) {
        Path best = new Path(null, List.of(), null, null, 0);
        for (Index index : table.indexes()) {
            if (index.state() != Index.State.READY || index.predicateSql() != null) {
                continue;
            }
            Path path = path(index, wanted, limit != null);
            if (path != null
                    && path.score() > best.score()
                    && (path.ordered != 0 || !path.equal.isEmpty() || path.lower != null || path.upper != null)) {
                best = path;
            }
        }
        if (best.equal.isEmpty() && best.lower == null && best.upper == null) {
            Stage members = memberLookups(required);
            if (members != null) {
                return new Chosen(members, false, true);
            }
        }
        boolean limitable = wanted.isEmpty() || best.ordered != 0;
        return build(best, required, limitable ? limit : null);
    }

    private @Nullable Path path(Index index, List<SortKey> wanted, boolean limited) {
        List<KeyCondition> equal = new ArrayList<>();
        KeyCondition lower = null;
        KeyCondition upper = null;
        int position = 0;
        for (; position < index.columns().size(); position++) {
            Index.IndexColumn part = index.columns().get(position);
            if (part.columnNumber() == 0) {
                if (position == 0) {
                    return null;
                }
                break;
            }
            KeyCondition found = find(part.columnNumber() - 1, "=");
            if (found == null) {
                lower = findEither(part.columnNumber() - 1, ">", ">=");
                upper = findEither(part.columnNumber() - 1, "<", "<=");
                break;
            }
            equal.add(found);
        }
        // Fetching every row through an index costs more than sorting them.
        boolean cheap = index.primary() || limited || !equal.isEmpty() || lower != null || upper != null;
        return new Path(index, equal, lower, upper, cheap ? order(index, equal.size(), wanted) : 0);
    }

    private @Nullable KeyCondition find(int field, String symbol) {
        for (KeyCondition condition : keyConditions) {
            if (condition.field() == field && condition.symbol().equals(symbol)) {
                return condition;
            }
        }
        return null;
    }

    private @Nullable KeyCondition findEither(int field, String symbol, String orEqual) {
        KeyCondition found = find(field, symbol);
        return found != null ? found : find(field, orEqual);
    }

    /** 1 if the index's order behind {@code equal} columns is the wanted one, -1 if its reverse is, else 0. */
    private int order(Index index, int equal, List<SortKey> wanted) {
        if (wanted.isEmpty()) {
            return 0;
        }
        int direction = 0;
        int position = equal;
        for (SortKey key : wanted) {
            if (!(key.expression() instanceof Reference reference)) {
                return 0;
            }
            int field = access.columns().indexOf(reference.variable());
            if (field < 0) {
                return 0;
            }
            if (find(field, "=") != null) {
                continue;
            }
            if (position >= index.columns().size()) {
                return index.unique() && direction != 0 && allNotNull(index) ? direction : 0;
            }
            Index.IndexColumn part = index.columns().get(position);
            if (part.columnNumber() - 1 != field) {
                return 0;
            }
            boolean notNull = index.primary() || table.columns().get(field).notNull();
            boolean forward =
                    part.descending() == key.descending() && (notNull || part.nullsFirst() == key.nullsFirst());
            boolean backward =
                    part.descending() != key.descending() && (notNull || part.nullsFirst() != key.nullsFirst());
            int here = forward ? 1 : backward ? -1 : 0;
            if (here == 0 || (direction != 0 && here != direction)) {
                return 0;
            }
            direction = here;
            position++;
        }
        return direction == 0 ? 1 : direction;
    }

    private boolean allNotNull(Index index) {
        for (Index.IndexColumn part : index.columns()) {
            if (part.columnNumber() == 0
                    || !(index.primary()
                            || table.columns().get(part.columnNumber() - 1).notNull())) {
                return false;
            }
        }
        return true;
    }

    // Building ---------------------------------------------------------------------------------------------------

    private Chosen build(Path path, Set<Variable> required, @Nullable Scalar limit) {
        List<BoundExpression> rest = new ArrayList<>(conditions);
        for (KeyCondition used : path.equal) {
            rest.remove(used.condition());
        }
        if (path.lower != null) {
            rest.remove(path.lower.condition());
        }
        if (path.upper != null) {
            rest.remove(path.upper.condition());
        }
        Index index = path.index;
        boolean whole = index != null
                && index.primary()
                && path.equal.size() == index.columns().size();
        boolean secondary = index != null && !index.primary();
        List<PushedPredicate> pushed = new ArrayList<>();
        List<BoundExpression> pushedConditions = new ArrayList<>();
        if (!whole && !secondary) {
            push(rest, pushed, pushedConditions);
        }
        List<Variable> columns = columns(required, rest);
        boolean withKey = required.contains(access.rowKey());
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = access.columns().indexOf(columns.get(i));
        }
        List<@Nullable Variable> layoutColumns = new ArrayList<>(columns);
        if (withKey) {
            layoutColumns.add(access.rowKey());
        }
        Layout layout = new Layout(layoutColumns);
        boolean reverse = path.ordered < 0;
        Operator operator;
        if (whole) {
            operator = new PointLookup(table, scalars(path.equal), text(path), fields, withKey);
        } else if (secondary) {
            operator = new IndexScan(
                    table,
                    java.util.Objects.requireNonNull(index),
                    columnTypes(index),
                    bounds(path),
                    fields,
                    withKey,
                    reverse);
        } else {
            PushedPredicate filter =
                    pushed.isEmpty() ? null : pushed.size() == 1 ? pushed.getFirst() : new PushedPredicate.And(pushed);
            operator = new TableScan(
                    table,
                    index == null ? KeyBounds.ALL : bounds(path),
                    filter,
                    SqlText.conjunction(pushedConditions),
                    fields,
                    withKey,
                    reverse,
                    rest.isEmpty() ? limit : null);
        }
        double rows = rows(path, rest.size() + pushed.size());
        Stage stage = planner.filtered(new Stage(operator, layout, rows), rest, outer);
        return new Chosen(stage, path.ordered != 0 || whole, !rest.isEmpty());
    }

    private List<Variable> columns(Set<Variable> required, List<BoundExpression> rest) {
        Set<Variable> needed = Expressions.newVariableSet();
        needed.addAll(required);
        for (BoundExpression condition : rest) {
            Expressions.collect(condition, needed);
        }
        List<Variable> columns = new ArrayList<>();
        for (Variable column : access.columns()) {
            if (column != null && needed.contains(column)) {
                columns.add(column);
            }
        }
        return columns;
    }

    private List<Scalar> scalars(List<KeyCondition> equal) {
        List<Scalar> scalars = new ArrayList<>(equal.size());
        for (KeyCondition condition : equal) {
            scalars.add(scalar(condition));
        }
        return scalars;
    }

    private Scalar scalar(KeyCondition condition) {
        Scalar value = keyless.compile(condition.value());
        SqlType wanted = table.columns().get(condition.field()).type();
        return KeyCondition.converted(value, condition.value().type(), wanted);
    }

    private KeyBounds bounds(Path path) {
        return new KeyBounds(
                scalars(path.equal),
                path.lower == null ? null : scalar(path.lower),
                path.lower != null && path.lower.symbol().equals(">="),
                path.upper == null ? null : scalar(path.upper),
                path.upper != null && path.upper.symbol().equals("<="),
                text(path));
    }

    private static String text(Path path) {
        List<BoundExpression> used = new ArrayList<>();
        path.equal.forEach(condition -> used.add(condition.condition()));
        if (path.lower != null) {
            used.add(path.lower.condition());
        }
        if (path.upper != null) {
            used.add(path.upper.condition());
        }
        return SqlText.conjunction(used);
    }

    private SqlType[] columnTypes(@Nullable Index index) {
        List<Index.IndexColumn> parts = index == null ? List.of() : index.columns();
        SqlType[] types = new SqlType[parts.size()];
        for (int i = 0; i < types.length; i++) {
            Index.IndexColumn part = parts.get(i);
            types[i] = part.columnNumber() > 0
                    ? table.columns().get(part.columnNumber() - 1).type()
                    : planner.stored()
                            .compile(java.util.Objects.requireNonNull(part.expressionSql()), table)
                            .type();
        }
        return types;
    }

    /** Moves what storage can test from {@code rest} to {@code pushed}. */
    private void push(
            List<BoundExpression> rest, List<PushedPredicate> pushed, List<BoundExpression> pushedConditions) {
        for (BoundExpression condition : List.copyOf(rest)) {
            PushedPredicate predicate = pushable(condition);
            if (predicate != null) {
                pushed.add(predicate);
                pushedConditions.add(condition);
                rest.remove(condition);
            }
        }
    }

    private @Nullable PushedPredicate pushable(BoundExpression condition) {
        if (condition instanceof BoundExpression.NullTest test && test.operand() instanceof Reference reference) {
            int field = access.columns().indexOf(reference.variable());
            if (field < 0 || table.columns().get(field).missingField() != null) {
                return null;
            }
            return test.negated() ? new PushedPredicate.IsNotNull(field) : new PushedPredicate.IsNull(field);
        }
        for (KeyCondition key : keyConditions) {
            if (key.condition().equals(condition)) {
                return pushable(key);
            }
        }
        return null;
    }

    private @Nullable PushedPredicate pushable(KeyCondition key) {
        Column column = table.columns().get(key.field());
        SqlType type = column.type();
        Predicate.Operator operator = switch (key.symbol()) {
            case "=" -> Predicate.Operator.EQUAL;
            case "<" -> Predicate.Operator.LESS;
            case "<=" -> Predicate.Operator.LESS_OR_EQUAL;
            case ">" -> Predicate.Operator.GREATER;
            default -> Predicate.Operator.GREATER_OR_EQUAL;
        };
        boolean possible = operator == Predicate.Operator.EQUAL ? type.fieldIdentifies() : type.fieldOrdered();
        if (!possible || column.missingField() != null) {
            return null;
        }
        return new PushedPredicate.Compare(key.field(), operator, scalar(key), type);
    }

    private double rows(Path path, int filters) {
        double all = planner.tableRows(table);
        Index index = path.index;
        if (index != null
                && index.unique()
                && path.equal.size() == index.columns().size()) {
            return 1;
        }
        double rows = all;
        for (int i = 0; i < path.equal.size(); i++) {
            rows *= 0.05;
        }
        rows *= path.lower != null && path.upper != null ? 0.05 : path.lower != null || path.upper != null ? 0.3 : 1;
        for (int i = 0; i < filters; i++) {
            rows *= 0.3;
        }
        return Math.max(1, rows);
    }

    // Lists ------------------------------------------------------------------------------------------------------

    /** One lookup for each member of an IN list over a key of one column; null if there is none. */
    private @Nullable Stage memberLookups(Set<Variable> required) {
        for (BoundExpression condition : conditions) {
            if (!(condition instanceof BoundExpression.Quantified quantified)
                    || !quantified.any()
                    || !quantified.operator().signature().symbol().equals("=")
                    || !(KeyCondition.unlabelled(quantified.left()) instanceof Reference reference)) {
                continue;
            }
            int field = access.columns().indexOf(reference.variable());
            if (field < 0 || Volatility.isVolatile(quantified.array()) || readsTable(quantified.array())) {
                continue;
            }
            List<@Nullable Object> members = ScalarCompiler.constants(quantified.array());
            Stage stage = memberLookups(
                    field, quantified, members == null || members.size() > 200 ? null : members, required);
            if (stage != null) {
                return stage;
            }
        }
        return null;
    }

    private boolean readsTable(BoundExpression expression) {
        for (Variable used : Expressions.variables(expression)) {
            if (access.columns().contains(used) || access.rowKey().equals(used)) {
                return true;
            }
        }
        return false;
    }

    /** @param members if they are few and known now, else null */
    private @Nullable Stage memberLookups(
            int field,
            BoundExpression.Quantified quantified,
            @Nullable List<@Nullable Object> members,
            Set<Variable> required) {
        SqlType wanted = table.columns().get(field).type();
        SqlType given = quantified.operator().right();
        if (KeyCondition.conversion(given, wanted) == null) {
            return null;
        }
        Index chosen = null;
        for (Index index : table.indexes()) {
            if (index.state() == Index.State.READY
                    && index.predicateSql() == null
                    && index.columns().getFirst().columnNumber() == field + 1
                    && (chosen == null || index.primary())) {
                chosen = chosen == null || index.columns().size() == 1 ? index : chosen;
            }
        }
        if (chosen == null) {
            return null;
        }
        List<BoundExpression> rest = new ArrayList<>(conditions);
        rest.remove(quantified);
        List<Variable> columns = columns(required, rest);
        boolean withKey = required.contains(access.rowKey());
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = access.columns().indexOf(columns.get(i));
        }
        List<@Nullable Variable> layout = new ArrayList<>(columns);
        if (withKey) {
            layout.add(access.rowKey());
        }
        SqlType[] types = columnTypes(chosen);
        if (members == null) {
            Operator lookups = new MemberLookups(
                    table,
                    chosen,
                    types,
                    keyless.compile(quantified.array()),
                    given,
                    element -> KeyCondition.converted(element, given, wanted),
                    SqlText.of(quantified),
                    fields,
                    withKey);
            return planner.filtered(new Stage(lookups, new Layout(layout), 10), rest, outer);
        }
        List<Operator> lookups = new ArrayList<>();
        List<Object> distinct = new ArrayList<>();
        for (Object member : members) {
            if (member == null || has(distinct, member, given)) {
                continue;
            }
            distinct.add(member);
            Scalar value = KeyCondition.converted(new ConstantValue(member), given, wanted);
            String text = SqlText.of(quantified.left()) + " = " + SqlText.of(new Constant(member, given, -1));
            lookups.add(MemberLookups.lookup(table, chosen, types, value, text, fields, withKey));
        }
        Operator all = lookups.size() == 1 ? lookups.getFirst() : new AppendOperator(lookups);
        Stage stage = new Stage(all, new Layout(layout), Math.max(1, lookups.size()));
        return planner.filtered(stage, rest, outer);
    }

    private static boolean has(List<Object> values, Object value, SqlType type) {
        for (Object other : values) {
            if (type.equal(other, value)) {
                return true;
            }
        }
        return false;
    }
}
