package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Check;
import dev.boreal.queryprocessor.syntax.tree.Constraint.DefaultValue;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Exclusion;
import dev.boreal.queryprocessor.syntax.tree.Constraint.ForeignKey;
import dev.boreal.queryprocessor.syntax.tree.Constraint.GeneratedColumn;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Identity;
import dev.boreal.queryprocessor.syntax.tree.Constraint.NotNull;
import dev.boreal.queryprocessor.syntax.tree.Constraint.NullAllowed;
import dev.boreal.queryprocessor.syntax.tree.Constraint.PrimaryKey;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Unique;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.SequenceOption;
import dev.boreal.queryprocessor.syntax.tree.TableElement.ColumnDefinition;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column as it is written, taken apart: what becomes of the column at once, its sequence, and what has to wait until the
 * whole table is known.
 */
final class ColumnBuilder {
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    private final Definition definition;
    private final String tableName;
    /** The column, still without its default. */
    private Column column;

    private @Nullable Boolean nullable;
    private @Nullable Expression defaultValue;
    private @Nullable Expression generation;
    private @Nullable Identity identity;
    private boolean serial;
    private @Nullable Sequence sequence;
    private final List<Constraint> constraints = new ArrayList<>();

    ColumnBuilder(Definition definition, String tableName, int number, ColumnDefinition written) {
        this.definition = definition;
        this.tableName = tableName;
        requireUsableName(written.name());
        TypeName typeName = written.type();
        if (typeName == null) {
            throw SqlException.notSupported("a column without a type");
        }
        TypeName behindSerial = typeBehindSerial(typeName);
        serial = behindSerial != null;
        TypeResolver.ResolvedType type =
                definition.context.types().resolve(behindSerial != null ? behindSerial : typeName);
        if (!type.type().storable()) {
            throw error(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "column \"" + written.name() + "\" has pseudo-type "
                            + type.type().formatName(-1));
        }
        column = Column.of(number, written.name(), type.type(), type.typeModifier());
        for (Constraint constraint : written.constraints()) {
            read(constraint);
        }
        column = column.withNotNull(serial || identity != null || Boolean.FALSE.equals(nullable));
    }

    static void requireUsableName(String name) {
        if (SYSTEM_COLUMNS.contains(name)) {
            throw error(SqlState.DUPLICATE_COLUMN, "column name \"" + name + "\" conflicts with a system column name");
        }
    }

    private static @Nullable TypeName typeBehindSerial(TypeName name) {
        if (name.name().parts().size() != 1) {
            return null;
        }
        String type = switch (name.name().name()) {
            case "serial", "serial4" -> "int4";
            case "bigserial", "serial8" -> "int8";
            case "smallserial", "serial2" -> "int2";
            default -> null;
        };
        if (type != null && name.isArray()) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "array of serial is not implemented", name.position());
        }
        return type == null ? null : TypeName.system(type, name.position());
    }

    private void read(Constraint constraint) {
        switch (constraint) {
            case NotNull notNull -> setNullable(false, notNull.position());
            case NullAllowed allowed -> setNullable(true, allowed.position());
            case DefaultValue value -> {
                if (defaultValue != null || serial) {
                    throw conflict("multiple default values specified", serial ? 0 : value.position());
                }
                defaultValue = value.expression();
                requireOneSource(value.position());
            }
            case GeneratedColumn generated -> {
                if (generation != null) {
                    throw conflict("multiple generation clauses specified", generated.position());
                }
                generation = generated.expression();
                requireOneSource(generated.position());
            }
            case Identity written -> {
                if (identity != null) {
                    throw conflict("multiple identity specifications", written.position());
                }
                if (Boolean.TRUE.equals(nullable)) {
                    throw conflict("conflicting NULL/NOT NULL declarations", written.position());
                }
                identity = written;
                requireOneSource(written.position());
            }
            case Exclusion exclusion -> throw SqlException.notSupported("an exclusion constraint");
            case PrimaryKey key -> constraints.add(key);
            case Unique unique -> constraints.add(unique);
            case Check check -> constraints.add(check);
            case ForeignKey key -> constraints.add(key);
        }
    }

    private void setNullable(boolean value, int position) {
        if (nullable != null && nullable != value || value && serial) {
            throw conflict("conflicting NULL/NOT NULL declarations", position);
        }
        nullable = value;
    }

    private void requireOneSource(int position) {
        if (defaultValue != null && identity != null || serial && identity != null) {
            throw conflict("both default and identity specified", position);
        }
        if ((defaultValue != null || serial) && generation != null) {
            throw conflict("both default and generation expression specified", position);
        }
        if (identity != null && generation != null) {
            throw conflict("both identity and generation expression specified", position);
        }
    }

    private SqlException conflict(String what, int position) {
        return error(
                SqlState.SYNTAX_ERROR,
                what + " for column \"" + column.name() + "\" of table \"" + tableName + "\"",
                position);
    }

    Column column() {
        return column;
    }

    /** Constraints that concern more than this column's own value, in the order written. */
    List<Constraint> constraints() {
        return constraints;
    }

    /** Makes the sequence that serial or identity needs, and lets the column own it. */
    void createSequence(Table table, Schema schema, NameChooser names) {
        if (!serial && identity == null) {
            return;
        }
        List<SequenceOption> options = identity == null ? List.of() : identity.options();
        sequence = newSequence(definition, table, schema, column, options, names);
        if (identity == null) {
            column = column.withDefault(SequenceText.nextValue(schema.name(), sequence.name()))
                    .withIdentity(Column.Identity.NONE, sequence.oid());
        } else {
            column = column.withIdentity(
                    identity.always() ? Column.Identity.ALWAYS : Column.Identity.BY_DEFAULT, sequence.oid());
        }
    }

    static Sequence newSequence(
            Definition definition,
            Table table,
            Schema schema,
            Column column,
            List<SequenceOption> written,
            NameChooser names) {
        SequenceOptions options = new SequenceOptions(definition, written);
        options.setTypeOf(column.type().name());
        String name = options.name == null ? names.relation(table.name(), column.name(), "seq") : options.name.name();
        definition.requireFreeName(schema, name);
        return options.create(definition.newOid(), name, schema.oid(), table.ownerOid(), definition.newStorageId())
                .ownedBy(table.oid(), column.number());
    }

    @Nullable Sequence sequence() {
        return sequence;
    }

    boolean hasDefault() {
        return defaultValue != null;
    }

    boolean isGenerated() {
        return generation != null;
    }

    /** The column with its default or generation expression, checked against the table. */
    Column complete(Table table) {
        if (defaultValue != null) {
            ExpressionChecker.Checked checked = check(defaultValue, ExpressionChecker.Purpose.DEFAULT, table);
            return column.withDefault(checked.isNull() ? null : checked.sql());
        }
        if (generation != null) {
            ExpressionChecker.Checked checked = check(generation, ExpressionChecker.Purpose.GENERATED, table);
            return column.withGenerated(checked.sql(), true);
        }
        return column;
    }

    /** The default, or generation expression, as checked; null if there is none. */
    ExpressionChecker.@Nullable Checked checkedValue(Table table) {
        if (defaultValue != null) {
            return check(defaultValue, ExpressionChecker.Purpose.DEFAULT, table);
        }
        return generation == null ? null : check(generation, ExpressionChecker.Purpose.GENERATED, table);
    }

    private ExpressionChecker.Checked check(Expression expression, ExpressionChecker.Purpose purpose, Table table) {
        return definition.check(expression, purpose, table, column);
    }
}
