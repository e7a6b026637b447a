package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.row.Predicate;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition that storage evaluates, with expressions where {@link Predicate} has bytes. The planner pushes only
 * comparisons of columns whose type is {@link SqlType#fieldOrdered} (or, for = and &lt;&gt;, {@code fieldIdentifies})
 * and which have no {@code missingField}.
 */
public sealed interface PushedPredicate {

    /** The predicate for this execution. */
    Predicate resolve(Execution execution);

    /** No row satisfies it. */
    Predicate NOTHING = new Predicate.Or(List.of());

    /** {@code column operator operand}; the operand has the column's type and reads no row. */
    record Compare(int field, Predicate.Operator operator, Scalar operand, SqlType type) implements PushedPredicate {
        @Override
        public Predicate resolve(Execution execution) {
            Object value = operand.evaluate(KeyBounds.NO_ROW, execution);
            if (value == null) {
                return NOTHING;
            }
            ByteWriter out = new ByteWriter(16);
            type.encodeField(value, out);
            return new Predicate.Compare(field, operator, out.toByteArray());
        }
    }

    /** {@code column IS NULL}. */
    record IsNull(int field) implements PushedPredicate {
        @Override
        public Predicate resolve(Execution execution) {
            return new Predicate.IsNull(field);
        }
    }

    /** {@code column IS NOT NULL}. */
    record IsNotNull(int field) implements PushedPredicate {
        @Override
        public Predicate resolve(Execution execution) {
            return new Predicate.IsNotNull(field);
        }
    }

    /** All of them. */
    record And(List<PushedPredicate> parts) implements PushedPredicate {
        @Override
        public Predicate resolve(Execution execution) {
            return new Predicate.And(resolveAll(parts, execution));
        }
    }

    /** Any of them. */
    record Or(List<PushedPredicate> parts) implements PushedPredicate {
        @Override
        public Predicate resolve(Execution execution) {
            return new Predicate.Or(resolveAll(parts, execution));
        }
    }

    private static List<Predicate> resolveAll(List<PushedPredicate> parts, Execution execution) {
        List<Predicate> resolved = new ArrayList<>(parts.size());
        for (PushedPredicate part : parts) {
            resolved.add(part.resolve(execution));
        }
        return resolved;
    }
}
