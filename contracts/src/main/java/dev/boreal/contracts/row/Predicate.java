package dev.boreal.contracts.row;

import dev.boreal.contracts.key.Keys;
import java.util.List;

/**
 * A condition on a stored row that storage evaluates without knowing types. A comparison with a field that is NULL or
 * missing is not true; since there is no negation, "not true" needs no third value. Who pushes a predicate down makes
 * sure that the field's encoding orders (or, for {@code EQUAL} and {@code NOT_EQUAL}, identifies) its values, and that
 * no row which lacks the field could satisfy it by the column's default.
 */
public sealed interface Predicate {

    /** Whether the row under the cursor satisfies this. Allocates nothing. */
    boolean test(RowFormat.Cursor row);

    /** Comparison operators on encoded fields. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean accepts(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    /** {@code field operator operand}, in unsigned byte order. */
    record Compare(int field, Operator operator, byte[] operand) implements Predicate {
        @Override
        public boolean test(RowFormat.Cursor row) {
            int length = row.seek(field);
            if (length < 0) {
                return false;
            }
            int from = row.offset();
            return operator.accepts(Keys.compare(row.buffer(), from, from + length, operand, 0, operand.length));
        }
    }

    /** The field is NULL or missing. */
    record IsNull(int field) implements Predicate {
        @Override
        public boolean test(RowFormat.Cursor row) {
            return row.seek(field) < 0;
        }
    }

    /** The field holds a value. */
    record IsNotNull(int field) implements Predicate {
        @Override
        public boolean test(RowFormat.Cursor row) {
            return row.seek(field) >= 0;
        }
    }

    /** All of them. */
    record And(List<Predicate> parts) implements Predicate {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(RowFormat.Cursor row) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).test(row)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Any of them. */
    record Or(List<Predicate> parts) implements Predicate {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(RowFormat.Cursor row) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).test(row)) {
                    return true;
                }
            }
            return false;
        }
    }
}
