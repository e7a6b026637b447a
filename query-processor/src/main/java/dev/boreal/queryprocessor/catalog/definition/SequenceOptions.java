package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SequenceOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a sequence, checked together as PostgreSQL checks them. */
final class SequenceOptions {
    private final Definition definition;
    private String dataType = "bigint";
    private boolean typeGiven;
    private @Nullable Long increment;
    private @Nullable Long minimum;
    private boolean noMinimum;
    private @Nullable Long maximum;
    private boolean noMaximum;
    private @Nullable Long start;
    private @Nullable Long restart;
    private @Nullable Long cache;
    private @Nullable Boolean cycle;
    /** Whether RESTART was written, with or without a number. */
    boolean restarts;

    @Nullable QualifiedName ownedBy;

    @Nullable QualifiedName name;

    SequenceOptions(Definition definition, List<SequenceOption> options) {
        this.definition = definition;
        Set<Class<?>> seen = new HashSet<>();
        for (SequenceOption option : options) {
            if (!seen.add(option.getClass())) {
                throw error(SqlState.SYNTAX_ERROR, "conflicting or redundant options", option.position());
            }
            read(option);
        }
    }

    private void read(SequenceOption option) {
        switch (option) {
            case SequenceOption.AsType as -> {
                dataType = typeName(
                        definition.context.types().resolve(as.type()).type().name());
                typeGiven = true;
            }
            case SequenceOption.Cache value -> cache = number(value.number());
            case SequenceOption.Cycle value -> cycle = value.cycle();
            case SequenceOption.Increment value -> increment = number(value.number());
            case SequenceOption.MaxValue value -> {
                String number = value.number();
                maximum = number == null ? null : (Long) number(number);
                noMaximum = number == null;
            }
            case SequenceOption.MinValue value -> {
                String number = value.number();
                minimum = number == null ? null : (Long) number(number);
                noMinimum = number == null;
            }
            case SequenceOption.OwnedBy value -> ownedBy = value.column();
            case SequenceOption.SequenceName value -> name = value.name();
            case SequenceOption.Start value -> start = number(value.number());
            case SequenceOption.Restart value -> {
                restarts = true;
                String number = value.number();
                restart = number == null ? null : (Long) number(number);
            }
        }
    }

    private static String typeName(String type) {
        return switch (type) {
            case "int2" -> "smallint";
            case "int4" -> "integer";
            case "int8" -> "bigint";
            default ->
                throw error(SqlState.INVALID_PARAMETER_VALUE, "sequence type must be smallint, integer, or bigint");
        };
    }

    /** The data type of a serial or identity column's sequence. */
    void setTypeOf(String columnType) {
        dataType = switch (columnType) {
            case "int2", "int4", "int8" -> typeName(columnType);
            default ->
                throw error(
                        SqlState.INVALID_PARAMETER_VALUE, "identity column type must be smallint, integer, or bigint");
        };
        typeGiven = true;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("+") ? text.substring(1) : text);
        } catch (NumberFormatException outOfRange) {
            throw error(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value \"" + text + "\" is out of range for type bigint");
        }
    }

    /** Where RESTART WITH makes the sequence stand, null for its start. */
    @Nullable Long restartValue() {
        return restart;
    }

    Sequence create(int oid, String sequenceName, int schemaOid, int ownerOid, int storageId) {
        return apply(
                new Sequence(
                        oid, sequenceName, schemaOid, ownerOid, storageId, dataType, 0, 1, 0, 0, 1, false, 0, 0, null),
                true);
    }

    Sequence change(Sequence before) {
        return apply(before, false);
    }

    private Sequence apply(Sequence before, boolean create) {
        String type = typeGiven || create ? dataType : before.dataType();
        long step = increment != null ? increment : before.increment();
        if (step == 0) {
            throw error(SqlState.INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
        }
        long max = bound(true, maximum, noMaximum, step, type, before, create);
        long min = bound(false, minimum, noMinimum, step, type, before, create);
        if (min >= max) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "MINVALUE (" + min + ") must be less than MAXVALUE (" + max + ")");
        }
        long first = start != null ? start : create ? (step > 0 ? min : max) : before.start();
        requireWithin("START", first, min, max);
        if (restart != null) {
            requireWithin("RESTART", restart, min, max);
        }
        long ahead = cache != null ? cache : before.cache();
        if (ahead <= 0) {
            throw error(SqlState.INVALID_PARAMETER_VALUE, "CACHE (" + ahead + ") must be greater than zero");
        }
        return new Sequence(
                before.oid(),
                before.name(),
                before.schemaOid(),
                before.ownerOid(),
                before.storageId(),
                type,
                first,
                step,
                min,
                max,
                ahead,
                cycle != null ? cycle : before.cycle(),
                before.ownedByTable(),
                before.ownedByColumn(),
                before.comment());
    }

    private static long bound(
            boolean upper,
            @Nullable Long given,
            boolean none,
            long step,
            String type,
            Sequence before,
            boolean create) {
        long limit = upper ? greatest(type) : least(type);
        if (given != null) {
            if (given > greatest(type) || given < least(type)) {
                throw error(
                        SqlState.INVALID_PARAMETER_VALUE,
                        (upper ? "MAXVALUE (" : "MINVALUE (") + given + ") is out of range for sequence data type "
                                + type);
            }
            return given;
        }
        long old = upper ? before.maximum() : before.minimum();
        boolean wasDefault = old == (upper ? greatest(before.dataType()) : least(before.dataType()));
        if (create || none || (wasDefault && !type.equals(before.dataType()))) {
            boolean far = upper == step > 0;
            return far ? limit : upper ? -1 : 1;
        }
        return old;
    }

    private static void requireWithin(String what, long value, long min, long max) {
        SqlException wrong = null;
        if (value < min) {
            wrong = error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    what + " value (" + value + ") cannot be less than MINVALUE (" + min + ")");
        } else if (value > max) {
            wrong = error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    what + " value (" + value + ") cannot be greater than MAXVALUE (" + max + ")");
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    private static long greatest(String type) {
        return switch (type) {
            case "smallint" -> Short.MAX_VALUE;
            case "integer" -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    private static long least(String type) {
        return switch (type) {
            case "smallint" -> Short.MIN_VALUE;
            case "integer" -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }
}
