package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows and aggregates each group, in memory. Rows: the group keys, NULL where a key is not in the row's grouping
 * set; one column per call; and if there is more than one grouping set, an Integer whose bit i (of value 1 &lt;&lt; i)
 * is set where group key i is <em>not</em> in the row's grouping set. Groups of a set come in the order they were first
 * seen, sets in the order given.
 */
public final class AggregateOperator implements Operator {
    private final Operator input;
    private final Scalar[] groupKeys;
    private final SqlType[] keyTypes;
    private final int[][] groupingSets;
    private final AggregateCall[] calls;
    private final SortKey[][] orders;
    private final boolean plain;

    /**
     * @param groupingSets numbers of the group keys in each set; a set without keys has one group even if no row comes
     * @param plain no GROUP BY: one group even if no row comes
     */
    public AggregateOperator(
            Operator input,
            Scalar[] groupKeys,
            SqlType[] keyTypes,
            List<int[]> groupingSets,
            List<AggregateCall> calls,
            boolean plain) {
        if (groupingSets.size() > 1 && groupKeys.length > Integer.SIZE) {
            throw new IllegalArgumentException("more than " + Integer.SIZE + " keys in grouping sets");
        }
        this.input = input;
        this.groupKeys = groupKeys.clone();
        this.keyTypes = keyTypes.clone();
        this.groupingSets = plain && groupingSets.isEmpty() ? new int[1][0] : groupingSets.toArray(int[][]::new);
        this.calls = calls.toArray(AggregateCall[]::new);
        this.plain = plain;
        orders = new SortKey[this.calls.length][];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = SortKey.array(this.calls[i].order());
        }
    }

    @Override
    public Cursor open(Execution execution) {
        return new GroupCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node(plain ? "Aggregate" : groupingSets.length > 1 ? "MixedAggregate" : "HashAggregate");
        if (calls.length > 0) {
            StringBuilder texts = new StringBuilder();
            for (AggregateCall call : calls) {
                texts.append(texts.isEmpty() ? "" : ", ").append(call.text());
            }
            explanation.property("Aggregates", texts.toString());
        }
    }

    private final class GroupCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private final GroupTable[] tables = new GroupTable[groupingSets.length];
        private final @Nullable Object[] keyValues = new Object[groupKeys.length];
        private final @Nullable Object[][] arguments = new Object[calls.length][];
        private final int[] groups = new int[groupingSets.length];
        private boolean aggregated;
        private int table;
        private int group;

        GroupCursor(Execution execution) {
            this.execution = execution;
            source = execution.open(input);
            for (int i = 0; i < tables.length; i++) {
                tables[i] = new GroupTable(groupingSets[i], keyTypes, calls, orders, execution);
            }
            for (int i = 0; i < calls.length; i++) {
                arguments[i] = new Object[calls[i].arguments().length];
            }
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (!aggregated) {
                aggregate();
                aggregated = true;
            }
            while (table < tables.length && group >= tables[table].size()) {
                table++;
                group = 0;
            }
            if (table == tables.length) {
                return null;
            }
            int width = groupKeys.length + calls.length;
            @Nullable Object[] row = new Object[tables.length > 1 ? width + 1 : width];
            tables[table].output(group++, row, groupKeys.length);
            if (tables.length > 1) {
                row[width] = absentKeys(groupingSets[table]);
            }
            return row;
        }

        private Integer absentKeys(int[] present) {
            int mask = groupKeys.length == Integer.SIZE ? -1 : (1 << groupKeys.length) - 1;
            for (int key : present) {
                mask &= ~(1 << key);
            }
            return mask;
        }

        private void aggregate() {
            for (int i = 0; i < tables.length; i++) {
                if (plain || groupingSets[i].length == 0) {
                    tables[i].group(keyValues);
                }
            }
            int passed = 0;
            for (@Nullable Object[] row = source.next(); row != null; row = source.next()) {
                add(row);
                if ((++passed & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            }
        }

        private void add(@Nullable Object[] row) {
            for (int i = 0; i < groupKeys.length; i++) {
                keyValues[i] = groupKeys[i].evaluate(row, execution);
            }
            for (int i = 0; i < tables.length; i++) {
                groups[i] = tables[i].group(keyValues);
            }
            for (int i = 0; i < calls.length; i++) {
                if (calls[i].accepts(row, execution, arguments[i])) {
                    for (int j = 0; j < tables.length; j++) {
                        tables[j].add(groups[j], i, row, arguments[i]);
                    }
                }
            }
        }

        @Override
        public void close() {
            for (GroupTable each : tables) {
                each.close();
            }
            source.close();
        }
    }
}
