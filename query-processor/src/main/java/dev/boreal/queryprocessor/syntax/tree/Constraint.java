package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constraint of a column or a table. Which of them may stand where is checked by the parser. */
public sealed interface Constraint extends Node {

    /** The name given by CONSTRAINT, null if none. */
    @Nullable String name();

    /** What may follow a constraint; all false if nothing was written. */
    record Attributes(boolean deferrable, boolean initiallyDeferred, boolean notValid, boolean noInherit) {
        public static final Attributes NONE = new Attributes(false, false, false, false);
    }

    record NotNull(@Nullable String name, int position) implements Constraint {}

    /** The explicit NULL. */
    record NullAllowed(@Nullable String name, int position) implements Constraint {}

    record DefaultValue(@Nullable String name, Expression expression, int position) implements Constraint {}

    /** {@code GENERATED ALWAYS AS (expression) STORED}. */
    record GeneratedColumn(@Nullable String name, Expression expression, int position) implements Constraint {}

    /** {@code GENERATED ALWAYS | BY DEFAULT AS IDENTITY [(options)]}. */
    record Identity(@Nullable String name, boolean always, List<SequenceOption> options, int position)
            implements Constraint {}

    record Check(@Nullable String name, Expression expression, Attributes attributes, int position)
            implements Constraint {}

    /** {@code columns} is empty for a column's constraint. */
    record Unique(
            @Nullable String name,
            List<String> columns,
            boolean nullsNotDistinct,
            IndexClauses index,
            Attributes attributes,
            int position)
            implements Constraint {}

    /** {@code columns} is empty for a column's constraint. */
    record PrimaryKey(
            @Nullable String name, List<String> columns, IndexClauses index, Attributes attributes, int position)
            implements Constraint {}

    /** {@code columns} is empty for a column's constraint; {@code referencedColumns} if they were left out. */
    record ForeignKey(
            @Nullable String name,
            List<String> columns,
            QualifiedName referencedTable,
            List<String> referencedColumns,
            Match match,
            Action onDelete,
            List<String> onDeleteColumns,
            Action onUpdate,
            Attributes attributes,
            int position)
            implements Constraint {

        public ForeignKey with(Attributes newAttributes) {
            return new ForeignKey(
                    name,
                    columns,
                    referencedTable,
                    referencedColumns,
                    match,
                    onDelete,
                    onDeleteColumns,
                    onUpdate,
                    newAttributes,
                    position);
        }
    }

    /** {@code EXCLUDE [USING method] (element WITH operator, ...)}; elements and operators are parallel. */
    record Exclusion(
            @Nullable String name,
            @Nullable String accessMethod,
            List<IndexElement> elements,
            List<OperatorName> operators,
            IndexClauses index,
            @Nullable Expression where,
            Attributes attributes,
            int position)
            implements Constraint {}

    /**
     * What follows the columns of an index-backed constraint.
     *
     * @param existingIndex {@code USING INDEX name}: the columns are those of the index
     */
    record IndexClauses(
            List<String> including,
            List<Option> options,
            @Nullable String tablespace,
            @Nullable String existingIndex) {
        public static final IndexClauses NONE = new IndexClauses(List.of(), List.of(), null, null);
    }

    enum Match {
        SIMPLE,
        FULL,
        PARTIAL
    }

    enum Action {
        NO_ACTION("NO ACTION"),
        RESTRICT("RESTRICT"),
        CASCADE("CASCADE"),
        SET_NULL("SET NULL"),
        SET_DEFAULT("SET DEFAULT");

        private final String sql;

        Action(String sql) {
            this.sql = sql;
        }

        public String sql() {
            return sql;
        }
    }
}
